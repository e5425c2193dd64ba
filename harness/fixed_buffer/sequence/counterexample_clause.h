/*
 * counterexample_clause: which clause a counterexample is about.
 */
#ifndef COUNTEREXAMPLE_CLAUSE_H
#define COUNTEREXAMPLE_CLAUSE_H

#include "sequence.h"
#include "shrink.h"

/*
 * The id of the clause that a shrunk sequence breaks. As nothing in such a sequence can
 * be left out, the call that fails and what had to come before it tell: without the
 * reset before it, say, a request would have been answered rightly.
 */
const char *counterexample_clause(const struct sequence *sequence,
                                  const struct failure *failure);

#endif
