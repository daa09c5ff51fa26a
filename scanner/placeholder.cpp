#include "reports/criteria/criterion.h"
#include "reports/formats/formats.h"
#include "reports/report.h"
