#!/bin/sh
# Spørgsmål til data med jq. Brug: opslag.sh SPØRGSMÅL [SAMTALE]
# Tidspunkter er i UTC, som i alle formater til maskiner.
set -eu

brug() {
    echo "Brug: opslag.sh planlagte|antal|skridt|udvikling SAMTALE|notat SAMTALE" >&2
    exit 2
}

samtale=${2:-}
# Svaret hentes, før jq får det: så slutter scriptet med jobsamtales slutkode, hvis noget går galt.
case ${1:-} in
    planlagte)  # de planlagte samtaler: tid, borger, sagsbehandler
        svar=$(jobsamtale session list --status planned --format json)
        vis='.[] | [.held_at, .citizen, .caseworker // "-"] | @tsv'
        ;;
    antal)  # hvor mange samtaler hver sagsbehandler har gennemført
        svar=$(jobsamtale session list --status completed --format json)
        vis='group_by(.caseworker) | .[] | [.[0].caseworker // "-", length] | @tsv'
        ;;
    skridt)  # de skridt, der ikke er gjort endnu: frist, borger, hvad
        svar=$(jobsamtale export steps)
        vis='select(.status == "open") | [.when // "-", .citizen, .what] | @tsv'
        ;;
    udvikling)  # en samtales indikatorer: navn, nu, før, forskel
        [ -n "$samtale" ] || brug
        svar=$(jobsamtale note "$samtale" --format json)
        vis='.indicators[] | select(.value != null) | [.name, .value, .previous.value // "-", .change // "-"] | @tsv'
        ;;
    notat)  # notatets tekst, og kontroltallet for den
        [ -n "$samtale" ] || brug
        svar=$(jobsamtale note "$samtale" --format json)
        vis='.text, "sha256 " + .sha256'
        ;;
    *)
        brug
        ;;
esac
printf '%s\n' "$svar" | jq -r "$vis"
