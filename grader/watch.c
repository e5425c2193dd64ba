#include "watch.h"

#include "view.h"
#include "watch_file.h"
#include "watch_view.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

struct watch {
    const struct grade_spec *spec;
    const struct convert_spec *convert;
    const struct terminal *terminal;
    char sha256[65];       /* of what was shown last; "": nothing, or too large */
    struct grading graded; /* the last one in which tests were run */
    bool has_graded;
};

/* The signals that end a watch are read as events: a grading that is under way sees
 * them pending, stops and cleans up (build.h). */
static int catch_signals(int *stop, struct error *error)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    if (sigprocmask(SIG_BLOCK, &signals, NULL) != 0) {
        return error_set_errno(error, ERROR_GRADER, errno, "cannot hold signals back");
    }
    *stop = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    if (*stop < 0) {
        return error_set_errno(error, ERROR_GRADER, errno, "cannot wait for signals");
    }
    return 0;
}

static bool is_told_to_stop(void)
{
    sigset_t pending;
    return sigpending(&pending) == 0 &&
           (sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1 ||
            sigismember(&pending, SIGHUP) == 1);
}

/* What the next grading is compared with. Takes `grading` over. */
static void keep(struct watch *watch, struct grading *grading)
{
    memcpy(watch->sha256, grading->build.sha256, sizeof watch->sha256);
    if (grading->build.status != BUILD_OK) {
        grading_release(grading);
        return;
    }
    grading_release(&watch->graded);
    watch->graded = *grading;
    watch->has_graded = true;
}

/* A grading of which no more is known than its audience may see. */
static int grade_for(const struct watch *watch,
                     struct grading *grading,
                     struct error *error)
{
    char *report = NULL;
    size_t length = 0;
    struct grading graded;
    grading_init(&graded);
    if (grade(watch->spec, &graded, error) != 0) {
        return -1;
    }
    if (watch->convert->audience == AUDIENCE_STUDENT &&
        convert_grading(watch->convert, &graded, &report, &length, error) != 0) {
        grading_release(&graded);
        return -1;
    }
    free(report);
    *grading = graded;
    return 0;
}

static int grade_first(struct watch *watch, struct error *error)
{
    struct grading grading;
    if (grade_for(watch, &grading, error) != 0) {
        return -1;
    }
    view_grading(watch->terminal, &grading, NULL);
    watch_view_waiting(watch->terminal, &grading);
    keep(watch, &grading);
    return 0;
}

/* A save that left every byte as it was is not worth a word. */
static void grade_again(struct watch *watch)
{
    struct grading grading;
    struct error error = {0};
    if (grade_for(watch, &grading, &error) != 0) {
        /* A file that was just removed is no trouble yet: that is an event to come. */
        if (!is_told_to_stop() && access(watch->spec->file, F_OK) == 0) {
            watch_view_trouble(watch->terminal, error.message);
            watch->sha256[0] = '\0';
        }
        return;
    }
    if (watch->sha256[0] != '\0' && strcmp(watch->sha256, grading.build.sha256) == 0) {
        grading_release(&grading);
        return;
    }
    watch_view_change(watch->terminal, watch->has_graded ? &watch->graded : NULL,
                      &grading);
    keep(watch, &grading);
}

static int run(struct watch *watch, struct watch_file *file, struct error *error)
{
    enum watch_event event = WATCH_SAVED;
    while (event != WATCH_STOPPED) {
        /* Whoever reads may be a pipe. */
        if (fflush(watch->terminal->out) != 0) {
            return error_set_errno(error, ERROR_GRADER, errno,
                                   "cannot write to standard output");
        }
        if (watch_file_wait(file, &event, error) != 0) {
            return -1;
        }
        if (event == WATCH_SAVED) {
            grade_again(watch);
        } else if (event == WATCH_GONE) {
            watch_view_trouble(watch->terminal,
                               "the file is gone; waiting for it to come back");
            watch->sha256[0] = '\0';
        }
    }
    terminal_newline(watch->terminal);
    return 0;
}

int watch_run(const struct grade_spec *spec,
              const struct convert_spec *convert,
              const struct terminal *terminal,
              struct error *error)
{
    struct watch watch = {.spec = spec, .convert = convert, .terminal = terminal};
    struct watch_file file = {.events = -1};
    int stop = -1;
    int result = -1;
    grading_init(&watch.graded);
    /* Watched before it is graded, so that no save falls between the two. */
    if (catch_signals(&stop, error) == 0 &&
        watch_file_open(spec->file, stop, &file, error) == 0) {
        result = grade_first(&watch, error) != 0 && !is_told_to_stop()
                     ? -1
                     : run(&watch, &file, error);
    }
    watch_file_close(&file);
    grading_release(&watch.graded);
    if (stop >= 0) {
        close(stop);
    }
    return result;
}
