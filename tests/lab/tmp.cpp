#include "probes/probe.h"
