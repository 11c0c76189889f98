# bash completion for hpcdoc: all it knows comes from `hpcdoc __complete`.

_hpcdoc() {
    local -a words=()
    local -i index=0 at
    local word cur prefix='' line name

    # Readline splits at '=' and ':' (COMP_WORDBREAKS); hpcdoc wants words as the shell would pass them.
    for ((at = 0; at <= COMP_CWORD; ++at)); do
        word=${COMP_WORDS[at]}
        if ((at > 0)) && [[ ${word:0:1} == [=:] || ${words[index]: -1} == [=:] ]] && [[ -n $word ]] && _hpcdoc_adjoins "$at"; then
            words[index]+=$word
        else
            ((at > 0)) && index+=1
            words[index]=$word
        fi
    done
    cur=${words[index]}

    # What readline sees of the word begins after the last break.
    if [[ $COMP_WORDBREAKS == *=* && $cur == *=* ]]; then
        prefix=${cur%"${cur##*=}"}
    elif [[ $COMP_WORDBREAKS == *:* && $cur == *:* ]]; then
        prefix=${cur%"${cur##*:}"}
    fi

    COMPREPLY=()
    while IFS= read -r line; do
        name=${line%%$'\t'*}
        case $name in
        *:files) mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "${cur#"$prefix"}"); compopt -o filenames 2>/dev/null ;;
        *:dirs) mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "${cur#"$prefix"}"); compopt -o filenames 2>/dev/null ;;
        *) COMPREPLY+=("${name#"$prefix"}") ;;
        esac
    done < <("${words[0]}" __complete "$index" -- "${words[@]}" 2>/dev/null)

    # "key=" is not the end of a word.
    if ((${#COMPREPLY[@]} > 0)) && [[ ${COMPREPLY[0]} == *= ]]; then
        compopt -o nospace 2>/dev/null
    fi
}

# True when word AT of COMP_WORDS follows the one before without a blank.
_hpcdoc_adjoins() {
    local line=${COMP_LINE:0:COMP_POINT} word
    local -i at
    for ((at = 0; at < $1; ++at)); do
        word=${COMP_WORDS[at]}
        line=${line#"${line%%[![:space:]]*}"}
        line=${line#"$word"}
    done
    [[ $line != [[:space:]]* ]]
}

complete -F _hpcdoc hpcdoc
