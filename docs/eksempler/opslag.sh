#!/bin/sh
# Spørgsmål til data med jq. Brug: opslag.sh SPØRGSMÅL [SAMTALE]
# Tidspunkter er i UTC, som i alle formater til maskiner.
set -eu

case ${1:-} in
    planlagte)  # de planlagte samtaler: tid, borger, sagsbehandler
        jobsamtale session list --status planned --format json |
            jq -r '.[] | [.held_at, .citizen, .caseworker // "-"] | @tsv'
        ;;
    antal)  # hvor mange samtaler hver sagsbehandler har gennemført
        jobsamtale session list --status completed --format json |
            jq -r 'group_by(.caseworker) | .[] | [.[0].caseworker // "-", length] | @tsv'
        ;;
    skridt)  # de skridt, der ikke er gjort endnu: frist, borger, hvad
        jobsamtale export steps |
            jq -r 'select(.status == "open") | [.when // "-", .citizen, .what] | @tsv'
        ;;
    udvikling)  # en samtales indikatorer: navn, nu, før, forskel
        jobsamtale note "${2:?"Brug: opslag.sh udvikling SAMTALE"}" --format json |
            jq -r '.indicators[] | select(.value != null) | [.name, .value, .previous.value // "-", .change // "-"] | @tsv'
        ;;
    notat)  # notatets tekst, og kontroltallet for den
        jobsamtale note "${2:?"Brug: opslag.sh notat SAMTALE"}" --format json |
            jq -r '.text, "sha256 " + .sha256'
        ;;
    *)
        echo "Brug: opslag.sh planlagte|antal|skridt|udvikling SAMTALE|notat SAMTALE" >&2
        exit 2
        ;;
esac
