# shellcheck shell=bash
# Accounts, users and QOS. The tree: research → bio, physics, granted → granta, spent, oldproj.

acct() { # asking for what is already so is fine (sacctmgr calls it an error)
    local said
    said=$(as_root sacctmgr -Q -i "$@" 2>&1) && return
    printf '%s\n' "$said" >>"$LAB_DIR/log/sacctmgr.log"
    grep -qiE "nothing new|already exist|didn't affect anything|nothing (added|modified|deleted)" <<<"$said" ||
        die "sacctmgr $* failed: $(tail -n 3 <<<"$said" | tr '\n' ' ')"
}

make_qos() {
    acct add qos short MaxWall=00:05:00
    acct add qos strict MaxWall=00:05:00 Flags=DenyOnLimit
    acct add qos tiny MaxTRESPerUser=cpu=1
    acct add qos onejob MaxJobsPerUser=1
    acct add qos slim MaxTRESPerJob=cpu=2
    acct add qos big MinTRESPerJob=cpu=4
    acct add qos brief MaxTRESMinsPerJob=cpu=10
    acct add qos minutes GrpTRESMins=cpu=1
    acct add qos burst GrpTRESMins=cpu=1
    acct add qos low PreemptMode=cancel
    acct add qos lowrq PreemptMode=requeue
    acct add qos urgent Preempt=low,lowrq Priority=100
    acct add qos partcap MaxTRESPerUser=cpu=2
    acct add qos gone
}

make_accounts() {
    acct add account research Description=research Organization=lab
    acct add account bio parent=research Description=biology Organization=lab
    acct add account physics parent=research Description=physics Organization=lab
    acct add account granted parent=research Description=grant Organization=lab GrpTRES=cpu=2
    acct add account granta parent=granted Description=grant-a Organization=lab
    acct add account spent parent=research Description=spent Organization=lab GrpTRESMins=cpu=1
    acct add account oldproj parent=research Description=old Organization=lab
    acct add user alice,bob account=bio DefaultAccount=bio
    acct add user carol account=physics DefaultAccount=physics
    acct add user sue account=research DefaultAccount=research
    acct add user alice,bob account=granta,spent,oldproj
    acct modify user alice,bob,carol set \
        qos+=short,strict,tiny,onejob,slim,big,brief,minutes,burst,low,lowrq,urgent,gone
    acct add coordinator account=bio names=carol
}

make_accounting() { # before slurmctld starts: a partition's QOS has to exist by then
    [ -e "$LAB_DIR/run/accounts.done" ] && return
    make_qos
    make_accounts
    touch "$LAB_DIR/run/accounts.done"
}
