// Package nearest finds the word that somebody probably meant.
package nearest

import "strings"

// To returns the known word nearest to word, the first of several, or "" when none is near: at most a
// third of its letters, rounded up, differs.
func To(word string, known []string) string {
	letters := []rune(strings.ToLower(word))
	best, least := "", (len(letters)+2)/3+1
	for _, k := range known {
		if d := distance(letters, []rune(strings.ToLower(k))); d < least {
			best, least = k, d
		}
	}
	return best
}

// Hint is " (did you mean X?)", or "" when no known word is near.
func Hint(word string, known []string) string {
	if k := To(word, known); k != "" {
		return " (did you mean " + k + "?)"
	}
	return ""
}

// distance is Levenshtein's: how many letters to insert, delete or replace.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			replace := diagonal
			if a[i] != b[j] {
				replace++
			}
			diagonal = row[j+1]
			row[j+1] = min(replace, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
