// A process that is only there: a test gives it the name of a product's.
#include <windows.h>

int main() { Sleep(60'000); }
