package checklist

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/cloud-gov/platform-checklist/internal/clock"
	"github.com/cloud-gov/platform-checklist/internal/strict"
)

// Morning is when a box is asked by itself: the var morning, which is the source of its time resource, so that what
// starts a box and what says that it had to run are one and the same.
func (v Vars) Morning() (w clock.Window, err error) {
	given, ok := v["morning"]
	if !ok {
		return w, errors.New("morning is missing: say when the box is asked, by start, stop, location and days, as the time resource wants it")
	}
	text, err := json.Marshal(given)
	if err == nil {
		err = strict.JSON(text, &w)
	}
	if err != nil {
		return w, fmt.Errorf("morning: %w", err)
	}
	return w, errors.Join(strict.At("morning", w.Problems())...)
}
