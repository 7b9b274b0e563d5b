package boshio

// Parse is for fuzzing.
var Parse = parse
