# Reads TRX files (and "crashed NAME" lines of the list of ended projects): prints every failing test with the first lines
# of its message, every reason for skipping with its count, and last the totals. Exit 1 where a test failed or none ran.

function attribute(name,    text) {
    if (!match($0, " " name "=\"[^\"]*\"")) return ""
    text = substr($0, RSTART, RLENGTH)
    sub(/^[^"]*"/, "", text)
    sub(/"$/, "", text)
    return plain(text)
}

function plain(text) {
    gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&#xA;/, " ", text); gsub(/&amp;/, "\\&", text)
    return text
}

/^crashed / { failed++; failures[failed] = $2 " ended before its tests did; see artifacts/tests/" $2 ".log" }

/<UnitTestResult / { test = attribute("testName"); outcome = attribute("outcome") }

/<Message>/ && outcome != "" {
    message = plain($0)
    sub(/^ *<Message>/, "", message)
    open = !sub(/<\/Message>.*/, "", message)
    if (outcome == "Failed") messages[test] = message
    if (outcome == "NotExecuted") skips[message]++
    lines = 1
    outcome = ""
    next
}

# What the test saw instead stands below the first line.
open && lines < 12 {
    message = plain($0)
    lines++
    closed = sub(/<\/Message>.*/, "", message)
    if (test in messages && message != "") messages[test] = messages[test] "\n         " message
    if (closed) open = 0
}

/<UnitTestResult / && / outcome="(Failed|Error|Timeout|Aborted)"/ { failed++; failures[failed] = test; named[failed] = test }

/<Counters / {
    passed += attribute("passed")
    skipped += attribute("total") - attribute("executed")
}

END {
    for (i = 1; i <= failed; i++) {
        print "failed   " failures[i]
        if (named[i] in messages && messages[named[i]] != "") print "         " messages[named[i]]
    }
    for (reason in skips) print "skipped  " skips[reason] ": " reason
    if (passed + failed == 0) print "No test ran."
    print passed + 0 " passed, " failed + 0 " failed, " skipped + 0 " skipped"
    exit failed > 0 || passed + failed == 0
}
