# Til ~/.bashrc eller ~/.zshrc på din egen maskine: fra en sag i fagsystemet til borgeren i jobsamtale.
#
#     sag 24-1107              sagsnummer eller borgerens nøgle; CPR-numre hører ikke til på en kommandolinje
#     sag jobsag:24-1107       et link, som fagsystemet kan vise, hvis det åbner links med et program
#
# JOBSAG_VAERT er maskinen, som jobsamtale ligger på. Uden den åbnes jobsamtale her.
sag() {
    sag_noegle=${1#jobsag:}
    sag_noegle=${sag_noegle#//}
    case $sag_noegle in
        '' | -* | *[!0-9A-Za-zÆØÅæøå._-]*)
            echo "Brug: sag SAGSNUMMER (bogstaver, cifre, punktum, - og _)" >&2
            return 2
            ;;
    esac
    if [ -n "${JOBSAG_VAERT:-}" ]; then
        ssh -t "$JOBSAG_VAERT" jobsamtale open "$sag_noegle"
    else
        jobsamtale open "$sag_noegle"
    fi
}
