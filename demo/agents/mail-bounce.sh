#!/bin/sh
# Any program can be an agent, also one that knows nothing of Mission Control but how to print.
sent=0
echo "::mc state idle"
while :; do
  echo "::mc task Waiting for mail, $sent bounces told so far"
  sleep 9
  echo "::mc state working"
  echo "::mc task Telling the sender of letter $((sent + 1)) that it came back"
  sleep 2
  sent=$((sent + 1))
  echo "Bounce $sent told: mailbox unavailable (550)"
  [ $((sent % 5)) -eq 0 ] && echo "warn: 5 bounces from one domain, it may be blocked" >&2
  echo "::mc state idle"
done
