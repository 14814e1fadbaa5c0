#!/bin/sh
# En kopi af databasen, som er efterset, før den lægges på plads. De ældste kopier ryger ud.
# Brug: sikkerhedskopi.sh MAPPE [ANTAL]      ANTAL kopier beholdes, 14 hvis intet er sagt
set -eu
umask 077

mappe=${1:?"Brug: sikkerhedskopi.sh MAPPE [ANTAL]"}
antal=${2:-14}
navn="jobsamtale-$(date +%Y-%m-%d-%H%M%S).db"
mkdir -p "$mappe"

# Kopien laves og efterses på maskinens egen disk. MAPPE må gerne ligge på et netdrev.
her=$(mktemp -d)
trap 'rm -rf "$her"' EXIT
jobsamtale db backup "$her/$navn"
jobsamtale --db "$her/$navn" --read-only db check

cp "$her/$navn" "$mappe/.$navn.undervejs"
mv "$mappe/.$navn.undervejs" "$mappe/$navn"

# Navnene er tidspunkter, så de sorteres i den rækkefølge, kopierne er taget.
ls -1 "$mappe" | grep -E '^jobsamtale-[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{6}\.db$' | sort -r | tail -n "+$((antal + 1))" |
    while IFS= read -r gammel; do
        rm -f "$mappe/$gammel"
    done
