package cloud

import (
	"fmt"
	"time"
)

// Large is an account to measure with: so many users, every second with a
// console password and a second factor, and in each of so many regions of the
// partition aws so many events of each of the checklist's twelve names, spread
// over the six days before now.
func Large(now time.Time, users, perName, regions int) World {
	a := Account{
		ID:      Production,
		Regions: partitions["aws"].regions[:regions],
		Report:  Report{Polls: 1},
		Users:   []User{{Name: Reader, Path: "/service/", Keys: []AccessKey{key(Reader, now.Add(-40*day), now)}}},
	}
	for i := range users - 1 {
		u := User{Name: fmt.Sprintf("person.number%05d", i)}
		if i%2 == 0 {
			u.Password, u.PasswordLastUsed, u.MFA = true, now.Add(-day), []Device{Virtual(u.Name)}
		}
		a.Users = append(a.Users, u)
	}
	step := 6 * day / time.Duration(perName*(len(ChangeNames())+1)+1)
	at := now.Truncate(time.Second)
	for range perName {
		for _, name := range append(ChangeNames(), "ConsoleLogin") {
			at = at.Add(-step)
			for _, region := range a.Regions {
				e := ConsoleLogin(Person("jane.doe"), at)
				if name != e.Name {
					e = Terraform(name, at)
				}
				a.Events = append(a.Events, e.In(region))
			}
		}
	}
	return World{Accounts: []Account{a}}
}
