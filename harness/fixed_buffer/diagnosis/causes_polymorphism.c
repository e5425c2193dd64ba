/* Causes that cost polymorphism, but for build_array (causes_array.c). */
#include "causes.h"

const struct cause causes_polymorphism[] = {
    {.id = "end_in_a_static_variable",
     .sentence =
         "All your FBAs share one end, as a static or global variable does. Each "
         "FBA keeps its own, in its struct.",
     .clause = "POL-1",
     .lesson = "One function, any allocator",
     .rules = {.sharing = SHARING_END}},
    {.id = "last_init_wins",
     .sentence = "Every allocator of yours works on the FBA that was initialised last. "
                 "The context says which FBA a call is about.",
     .clause = "POL-1",
     .lesson = "One function, any allocator",
     .rules = {.sharing = SHARING_LAST_INIT}},
    {.id = "first_allocator_wins",
     .sentence =
         "Every allocator of yours works on the FBA whose allocator was obtained "
         "first. The context says which FBA a call is about: each fba_allocator "
         "returns its own.",
     .clause = "POL-1",
     .lesson = "One function, any allocator",
     .rules = {.sharing = SHARING_FIRST_HANDLE}},
    {.id = "last_allocator_wins",
     .sentence =
         "Every allocator of yours works on the FBA whose allocator was obtained "
         "last. The context says which FBA a call is about.",
     .clause = "POL-1",
     .lesson = "One function, any allocator",
     .rules = {.sharing = SHARING_LAST_HANDLE}},
    {.id = "handle_holds_a_copy",
     .sentence = "Each allocator of yours works on a copy of the FBA, made when it was "
                 "obtained. It stands for the FBA itself: let the context point to the "
                 "struct that fba_allocator is given.",
     .clause = "POL-2",
     .lesson = "One function, any allocator",
     .rules = {.sharing = SHARING_COPY}},
    {.id = "handle_resets",
     .sentence = "Your fba_allocator takes back what is in use. It makes a handle and "
                 "changes nothing: the FBA is as it was.",
     .clause = "POL-2",
     .lesson = "One function, any allocator",
     .rules = {.handles_reset = true}},
    {.id = NULL},
};
