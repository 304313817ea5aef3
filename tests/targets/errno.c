// Android's name for the place of errno, on musl. For "Android-target code on musl" only (xtask/src/targets/musl.rs).

int *__errno_location(void);

int *__errno(void) { return __errno_location(); }
