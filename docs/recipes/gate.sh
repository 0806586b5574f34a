#!/bin/sh
# gate.sh CANDIDATE PLAN BASELINE [FOLDER]: audit, write the forms for build servers, and end as the gate does.
set -u
candidate=$1 plan=$2 baseline=$3 folder=${4:-reports/out/$2}

tenderproof audit "$candidate" --plan "$plan" --out "$folder"
audited=$?
case $audited in
  0 | 1 | 2) ;;           # a decision, whichever; the gate says whether the build may go on
  *) exit "$audited" ;;   # wrong use, a bug, an interruption: there is nothing to hold against the baseline
esac

for form in markdown sarif badge; do
  tenderproof report "$folder" --format "$form" || exit
done
tenderproof gate "$folder" --baseline "$baseline"
