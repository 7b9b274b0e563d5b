package cloud

import (
	"net/http"
	"slices"
)

var ec2Operations = map[string]operation{
	"DescribeRegions": {[]string{"AllRegions", "RegionName."}, (*Server).describeRegions},
}

// describeRegions answers the regions that the account has enabled, or with
// AllRegions also those that it has not.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html
func (s *Server) describeRegions(r *request) (any, error) {
	p := partitions[r.account.Partition]
	asked := r.params.list("RegionName")
	for _, name := range asked {
		if !p.has(name) {
			return nil, refuse(http.StatusBadRequest, "InvalidParameterValue", "Invalid region provided. Region: %s", name)
		}
	}
	type item struct {
		Name     string `xml:"regionName"`
		Endpoint string `xml:"regionEndpoint"`
		OptIn    string `xml:"optInStatus"`
	}
	var regions []item
	for _, name := range slices.Sorted(slices.Values(slices.Concat(p.regions, p.optIn))) {
		shown := r.params["AllRegions"] == "true" || slices.Contains(r.account.Regions, name)
		if shown && (len(asked) == 0 || slices.Contains(asked, name)) {
			regions = append(regions, item{name, "ec2." + name + ".amazonaws.com", r.account.optInStatus(name)})
		}
	}
	return named{"regionInfo", struct {
		Items []item `xml:"item"`
	}{regions}}, nil
}
