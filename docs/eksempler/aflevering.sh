#!/bin/sh
# Journalnotater til et fagsystem: en fil for hvert notat, der er nyt eller rettet, i den mappe, som systemet tømmer.
# Brug: aflevering.sh MAPPE [GRUPPE]      GRUPPE er den gruppe, som systemet læser med
set -eu
umask 077

mappe=${1:?"Brug: aflevering.sh MAPPE [GRUPPE]"}
gruppe=${2:-}
# Notaterne skrives først her, på samme disk. Stopper scriptet undervejs, flyttes de næste gang.
klar="$mappe/.klar"
mkdir -p "$klar"

jobsamtale export notes --new fagsystem --format text --dir "$klar"

for fil in "$klar"/*.txt; do
    [ -e "$fil" ] || continue
    if [ -n "$gruppe" ]; then
        chgrp "$gruppe" "$fil"
        chmod 640 "$fil"
    fi
    mv -f "$fil" "$mappe/"
done
