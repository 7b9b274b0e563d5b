package cloud

import "cmp"

func (s *Server) listAccessKeys(r *request) (any, error) {
	u, err := r.user()
	if err != nil {
		return nil, err
	}
	type metadata struct {
		UserName    string
		AccessKeyID string `xml:"AccessKeyId"`
		Status      string
		CreateDate  string
	}
	var keys []metadata
	for _, k := range u.Keys {
		keys = append(keys, metadata{u.Name, k.ID, k.status(), stamp(k.Created)})
	}
	part, end, err := cut(s, r, keys)
	return struct {
		AccessKeyMetadata list[metadata]
		page
	}{part, end}, err
}

// getAccessKeyLastUsed has no LastUsedDate for a key that was never used, and
// N/A for the rest.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKeyLastUsed.html
func (s *Server) getAccessKeyLastUsed(r *request) (any, error) {
	type lastUsed struct {
		LastUsedDate        string `xml:",omitempty"`
		ServiceName, Region string
	}
	for i := range r.account.Users {
		u := &r.account.Users[i]
		for _, k := range u.Keys {
			if k.ID == r.params["AccessKeyId"] {
				used := lastUsed{stamp(k.LastUsed), cmp.Or(k.Service, "N/A"), cmp.Or(k.Region, "N/A")}
				return struct {
					UserName          string
					AccessKeyLastUsed lastUsed
				}{u.Name, used}, nil
			}
		}
	}
	return nil, noSuchEntity("The Access Key with id %s cannot be found", r.params["AccessKeyId"])
}

func (k *AccessKey) status() string {
	if k.Inactive {
		return "Inactive"
	}
	return "Active"
}
