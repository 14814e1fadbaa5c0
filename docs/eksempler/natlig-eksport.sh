#!/bin/sh
# Det, der er nyt eller ændret siden sidst, som JSON Lines: en fil for hver slags, med tidspunktet i navnet.
# Brug: natlig-eksport.sh [MAPPE]
set -eu
umask 077

mappe=${1:-"$HOME/jobsamtale-eksport"}
tid=$(date +%Y-%m-%d-%H%M%S)
mkdir -p "$mappe"

for slags in citizens agreements sessions scores steps; do
    fil="$mappe/$slags-$tid.jsonl"
    jobsamtale export "$slags" --new natlig -o "$fil"
    # Var der intet nyt, er filen tom, og så er der ingen grund til at beholde den.
    [ -s "$fil" ] || rm -f "$fil"
done
