package bosh

import "time"

// Fresh is how long a refused token is taken for refused on its merits.
const Fresh = fresh

// Age makes the director's token older.
func Age(d *Director, by time.Duration) {
	d.token.lock.Lock()
	defer d.token.lock.Unlock()
	d.token.since = d.token.since.Add(-by)
}
