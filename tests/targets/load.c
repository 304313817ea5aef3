// Loads the library and calls it as a shell does, through the C functions that UniFFI exports. For "Android-target code
// on musl" only (xtask/src/targets/smoke.rs). Each line that it prints is one thing that worked.

#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct Buffer { uint64_t capacity, length; uint8_t *bytes; };
struct Bytes { int32_t length; const uint8_t *bytes; };
struct Status { int8_t code; struct Buffer error; };

// What UniFFI calls a panic that it caught.
enum { FINE = 0, PANIC = 2 };

static void *library;

static void must(int holds, const char *what) {
    if (!holds) {
        fprintf(stderr, "load: not so: %s\n", what);
        exit(1);
    }
    printf("load: %s\n", what);
}

static void *function(const char *name) {
    void *found = dlsym(library, name);
    if (!found) must(0, name);
    return found;
}

static void a_panic_is_caught(void) {
    struct Buffer (*alloc)(uint64_t, struct Status *) = function("ffi_countersign_ffi_rustbuffer_alloc");
    struct Status status = {0};
    alloc(UINT64_MAX, &status);
    must(status.code == PANIC, "a panic is caught and told as one");
}

static void digits_are_counted(void) {
    uint64_t (*make)(struct Status *) = function("uniffi_countersign_ffi_fn_constructor_pinentry_new");
    void (*push)(uint64_t, uint8_t, struct Status *) = function("uniffi_countersign_ffi_fn_method_pinentry_push");
    uint64_t (*clone)(uint64_t, struct Status *) = function("uniffi_countersign_ffi_fn_clone_pinentry");
    uint32_t (*count)(uint64_t, struct Status *) = function("uniffi_countersign_ffi_fn_method_pinentry_count");
    struct Status status = {0};
    uint64_t entry = make(&status);
    push(clone(entry, &status), '4', &status);
    push(clone(entry, &status), '2', &status);
    must(status.code == FINE && count(entry, &status) == 2, "a PIN entry takes digits");
}

static void a_frame_is_looked_at(void) {
    uint64_t (*make)(struct Status *) = function("uniffi_countersign_ffi_fn_constructor_livescanner_new");
    struct Buffer (*alloc)(uint64_t, struct Status *) = function("ffi_countersign_ffi_rustbuffer_alloc");
    struct Buffer (*scan)(uint64_t, struct Bytes, struct Buffer, struct Status *) =
        function("uniffi_countersign_ffi_fn_method_livescanner_scan");
    static uint8_t frame[640 * 480];
    // Width, height and stride, each in four bytes with the highest first.
    static const uint8_t numbers[12] = {0, 0, 2, 128, 0, 0, 1, 224, 0, 0, 2, 128};
    struct Status status = {0};
    struct Buffer size = alloc(sizeof numbers, &status);
    memcpy(size.bytes, numbers, sizeof numbers);
    size.length = sizeof numbers;
    struct Buffer codes = scan(make(&status), (struct Bytes){sizeof frame, frame}, size, &status);
    must(status.code == FINE && codes.length == 4 && !memcmp(codes.bytes, "\0\0\0\0", 4), "a frame without codes has none");
}

int main(int count, char **words) {
    if (count != 2) return 2;
    library = dlopen(words[1], RTLD_NOW);
    if (!library) fprintf(stderr, "load: %s\n", dlerror());
    must(library != NULL, "the library is loaded, and every symbol is found");
    a_panic_is_caught();
    digits_are_counted();
    a_frame_is_looked_at();
    return 0;
}
