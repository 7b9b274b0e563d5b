package trail

import (
	"fmt"
	"strings"
)

// domains are those of the console by the beginning of the region's name.
var domains = []struct{ regions, domain string }{
	{"us-gov-", "console.amazonaws-us-gov.com"},
	{"cn-", "console.amazonaws.cn"},
	{"eusc-", "console.amazonaws-eusc.eu"},
	{"us-iso", ""}, {"eu-iso", ""}, // what their consoles are called is not public
	{"", "console.aws.amazon.com"},
}

// console is where the event is to be seen, for 90 days.
func (e Event) console() string {
	if !region.MatchString(e.Region) || e.name != "" {
		return ""
	}
	for _, d := range domains {
		if strings.HasPrefix(e.Region, d.regions) && d.domain != "" {
			return fmt.Sprintf("https://%s.%s/cloudtrailv2/home?region=%[1]s#/events/%[3]s", e.Region, d.domain, e.ID)
		} else if strings.HasPrefix(e.Region, d.regions) {
			break
		}
	}
	return ""
}
