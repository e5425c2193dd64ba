/* Buffers as SVG: well-formed, harmless, and of a size. */
#include "picture_svg.h"
#include "pictures.h"
#include "run_tests.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *svg_of(const struct pictures *pictures, size_t index)
{
    char *svg = NULL;
    size_t length = 0;
    struct error error = {0};

    ck_assert_int_eq(
        picture_svg(pictures_buffer(pictures, index), &svg, &length, &error), 0);
    ck_assert_uint_eq(strlen(svg), length);
    return svg;
}

START_TEST(same_buffer_gives_the_same_bytes)
{
    struct pictures pictures;
    pictures_read(&pictures);
    for (size_t i = 0; i < pictures.count; i++) {
        char *first = svg_of(&pictures, i);
        char *second = svg_of(&pictures, i);
        ck_assert_str_eq(first, second);
        free(first);
        free(second);
    }
    pictures_release(&pictures);
}
END_TEST

START_TEST(drawing_stands_alone)
{
    static const char *const wrong[] = {"<script",        "href",    "<image",
                                        "<foreignObject", "@import", "onload='",
                                        "&amp;amp;amp;",  "<b "};
    struct pictures pictures;
    pictures_read(&pictures);
    for (size_t i = 0; i < pictures.count; i++) {
        char *svg = svg_of(&pictures, i);
        for (size_t k = 0; k < sizeof(wrong) / sizeof(wrong[0]); k++) {
            ck_assert_msg(strstr(svg, wrong[k]) == NULL, "%s in %s", wrong[k], svg);
        }
        /* Its own name for what it is, and nothing that is loaded. */
        const char *address = strstr(svg, "http");
        ck_assert_ptr_eq(address, strstr(svg, "http://www.w3.org/2000/svg"));
        ck_assert_ptr_null(strstr(address + 1, "http"));
        ck_assert_ptr_nonnull(strstr(svg, "<title>"));
        ck_assert_ptr_nonnull(strstr(svg, "<desc>"));
        ck_assert_ptr_nonnull(strstr(svg, "prefers-color-scheme:dark"));
        ck_assert_uint_lt(strlen(svg), 32768);
        free(svg);
    }
    pictures_release(&pictures);
}
END_TEST

/* The numbers after each `name="`. */
static void expect_numbers_up_to(const char *svg, const char *name, long most)
{
    for (const char *at = strstr(svg, name); at != NULL; at = strstr(at + 1, name)) {
        const long number = strtol(at + strlen(name), NULL, 10);
        ck_assert_msg(number >= 0 && number <= most, "%s%ld", name, number);
    }
}

START_TEST(nothing_lies_beside_the_drawing)
{
    struct pictures pictures;
    pictures_read(&pictures);
    for (size_t i = 0; i < pictures.count; i++) {
        char *svg = svg_of(&pictures, i);
        const char *box = strstr(svg, "viewBox=\"0 0 ");
        long width = 0;
        long height = 0;
        ck_assert_ptr_nonnull(box);
        ck_assert_int_eq(sscanf(box, "viewBox=\"0 0 %ld %ld\"", &width, &height), 2);
        expect_numbers_up_to(svg, " x=\"", width);
        expect_numbers_up_to(svg, " x2=\"", width);
        expect_numbers_up_to(svg, " width=\"", width);
        expect_numbers_up_to(svg, " y=\"", height);
        expect_numbers_up_to(svg, " height=\"", height);
        free(svg);
    }
    pictures_release(&pictures);
}
END_TEST

/* For check_svg.py, which parses them: it names the folder. */
START_TEST(drawings_can_be_written_to_files)
{
    const char *folder = getenv("PICTURES_SVG");
    struct pictures pictures;
    pictures_read(&pictures);
    for (size_t i = 0; folder != NULL && i < pictures.count; i++) {
        char path[4096];
        char *svg = svg_of(&pictures, i);
        snprintf(path, sizeof path, "%s/%zu.svg", folder, i);
        FILE *out = fopen(path, "w");
        ck_assert_ptr_nonnull(out);
        ck_assert_int_ge(fputs(svg, out), 0);
        ck_assert_int_eq(fclose(out), 0);
        free(svg);
    }
    pictures_release(&pictures);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &same_buffer_gives_the_same_bytes,
        &drawing_stands_alone,
        &nothing_lies_beside_the_drawing,
        &drawings_can_be_written_to_files,
    };
    return run_tests("picture_svg", tests, sizeof(tests) / sizeof(tests[0]));
}
