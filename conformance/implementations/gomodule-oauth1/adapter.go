package main

import (
	"net/http"
	"net/url"
	"protocol"

	"github.com/gomodule/oauth1/oauth"
)

// The version of the Debian package, because the source has none. Set by build.sh.
var version string

var methods = map[string]oauth.SignatureMethod{
	"HMAC-SHA1": oauth.HMACSHA1,
	"RSA-SHA1":  oauth.RSASHA1,
	"PLAINTEXT": oauth.PLAINTEXT,
}

func sign(asked *protocol.Asked) (protocol.Answer, error) {
	if asked.Realm != nil {
		return nil, protocol.Unsupported("no realm")
	}
	client := oauth.Client{
		Credentials:     oauth.Credentials{Token: asked.Client.Identifier, Secret: asked.Client.SharedSecret},
		SignatureMethod: methods[asked.SignatureMethod],
	}
	if asked.SignatureMethod == "RSA-SHA1" {
		key, err := asked.PrivateKey()
		if err != nil {
			return nil, err
		}
		client.PrivateKey = key
	}
	var token *oauth.Credentials
	if asked.Token != nil {
		token = &oauth.Credentials{Token: asked.Token.Identifier, Secret: asked.Token.SharedSecret}
	}
	if asked.Callback != nil || asked.Verifier != nil {
		return signForCredentials(asked, &client, token)
	}
	if asked.Transmission == "form-body" {
		form := asked.FormValues()
		if form == nil {
			form = url.Values{}
		}
		u, err := url.Parse(asked.URL)
		if err == nil && u.RawQuery != "" {
			return nil, protocol.Unsupported("no query beside a signed form")
		}
		err = client.SignForm(token, asked.Method, asked.URL, form)
		return protocol.Answer{"body": form.Encode()}, err
	}
	u, err := url.Parse(asked.URL)
	if err != nil {
		return nil, err
	}
	header := http.Header{}
	err = client.SetAuthorizationHeader(header, token, asked.Method, u, asked.FormValues())
	return protocol.Answer{"authorization": header.Get("Authorization")}, err
}

// The two requests for credentials, which the client sends itself.
func signForCredentials(asked *protocol.Asked, client *oauth.Client, token *oauth.Credentials) (protocol.Answer, error) {
	isForTemporary := asked.Callback != nil && asked.Verifier == nil && token == nil
	isForToken := asked.Verifier != nil && asked.Callback == nil && token != nil
	if !isForTemporary && !isForToken {
		return nil, protocol.Unsupported("credentials are asked for in two steps")
	}
	if isForTemporary && *asked.Callback == "" || isForToken && *asked.Verifier == "" {
		return nil, protocol.Unsupported("an empty callback or verifier means none")
	}
	u, err := url.Parse(asked.URL)
	if err == nil && u.RawQuery != "" || asked.Transmission != "header" || asked.Form != nil {
		return nil, protocol.Unsupported("credentials are asked for without query and form, by header")
	}
	capture := &protocol.Capture{}
	over := &http.Client{Transport: capture}
	if isForTemporary {
		client.TemporaryCredentialRequestURI = asked.URL
		client.TemporaryCredentialsMethod = asked.Method
		_, err = client.RequestTemporaryCredentials(over, *asked.Callback, nil)
	} else {
		client.TokenRequestURI = asked.URL
		client.TokenCredentailsMethod = asked.Method
		_, _, err = client.RequestToken(over, token, *asked.Verifier)
	}
	return capture.Authorization(err)
}

func main() {
	protocol.Serve(
		protocol.Answer{
			"name":             "gomodule-oauth1",
			"version":          version,
			"language":         "Go",
			"signatureMethods": []string{"HMAC-SHA1", "RSA-SHA1", "PLAINTEXT"},
			"transmissions":    []string{"header", "form-body"},
			"ownNonce":         true,
			"ownTimestamp":     true,
			"ownVersion":       true,
		},
		map[string]func(*protocol.Asked) (protocol.Answer, error){"sign": sign},
	)
}
