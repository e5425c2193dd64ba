/* The main of a fuzz target where there is no libFuzzer: every file of the folders it
 * is given, once. */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int replay_file(const char *folder, const char *name)
{
    static uint8_t bytes[FUZZ_BYTES_MOST];
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *const in = fopen(path, "rbe");
    if (in == NULL) {
        perror(path);
        return -1;
    }
    const size_t size = fread(bytes, 1, sizeof bytes, in);
    const int has_failed = ferror(in);
    fclose(in);
    if (has_failed != 0) {
        perror(path);
        return -1;
    }
    /* So that a crash is known by the last line. */
    fprintf(stderr, "%s\n", path);
    return LLVMFuzzerTestOneInput(bytes, size);
}

static int replay_folder(const char *folder, size_t *count)
{
    DIR *const list = opendir(folder);
    int result = 0;

    if (list == NULL) {
        perror(folder);
        return -1;
    }
    for (const struct dirent *entry = readdir(list); entry != NULL && result == 0;
         entry = readdir(list)) {
        if (entry->d_name[0] != '.') {
            result = replay_file(folder, entry->d_name);
            *count += 1;
        }
    }
    closedir(list);
    return result;
}

int main(int argc, char **argv)
{
    size_t count = 0;

    for (int i = 1; i < argc; i++) {
        if (replay_folder(argv[i], &count) != 0) {
            return EXIT_FAILURE;
        }
    }
    printf("%zu inputs\n", count);
    return count == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
