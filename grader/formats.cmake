# What a report is read back for: its audience, and the formats of the platforms.
target_sources(
  grader_front
  PRIVATE audience.c
          command_grade.c
          convert.c
          formats/autolab.c
          formats/check50.c
          formats/classroom50.c
          formats/coderunner.c
          formats/csv.c
          formats/ctrf.c
          formats/exercism.c
          formats/format.c
          formats/github_classroom.c
          formats/gradescope.c
          formats/junit.c
          formats/markup.c
          formats/native.c
          formats/page.c
          formats/prairielearn.c
          formats/tap.c
          options_table.c
          report_read.c
          report_read_findings.c
          report_read_tests.c
          report_value.c
          seed.c)
