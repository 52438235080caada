// Package protocol speaks the conformance protocol on standard input and output.
package protocol

import (
	"bufio"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
)

// Credentials of a client or a token.
type Credentials struct{ Identifier, SharedSecret, PrivateKey string }

// Asked is a request of the protocol.
type Asked struct {
	ID              int
	Command         string
	Method, URL     string
	Form            *[][2]string
	Body            *string
	Client          Credentials
	Token           *Credentials
	SignatureMethod string
	Timestamp       string
	Nonce           string
	Version         *string
	Realm           *string
	Callback        *string
	Verifier        *string
	Transmission    string
}

// Answer to a request.
type Answer map[string]interface{}

// Unsupported says that the implementation cannot do what is asked: no failure.
type Unsupported string

func (why Unsupported) Error() string { return string(why) }

// Serve answers each line by the function of its command.
func Serve(description Answer, commands map[string]func(*Asked) (Answer, error)) {
	names := []string{}
	for name := range commands {
		names = append(names, name)
	}
	description["commands"] = names
	lines := bufio.NewReaderSize(os.Stdin, 1<<20)
	for {
		line, err := lines.ReadBytes('\n')
		var asked Asked
		if err != nil || json.Unmarshal(line, &asked) != nil || asked.Command == "stop" {
			return
		}
		answer := description
		if asked.Command != "describe" {
			answer = answerOf(commands[asked.Command], &asked)
		}
		answer["id"] = asked.ID
		text, _ := json.Marshal(answer)
		fmt.Printf("%s\n", text)
	}
}

func answerOf(command func(*Asked) (Answer, error), asked *Asked) Answer {
	if command == nil {
		return Answer{"unsupported": "no such command"}
	}
	answer, err := command(asked)
	var unsupported Unsupported
	switch {
	case errors.As(err, &unsupported):
		return Answer{"unsupported": err.Error()}
	case err != nil:
		return Answer{"error": err.Error()}
	}
	return answer
}

// FormValues gives the form as Go has it.
func (asked *Asked) FormValues() url.Values {
	if asked.Form == nil {
		return nil
	}
	values := url.Values{}
	for _, pair := range *asked.Form {
		values.Add(pair[0], pair[1])
	}
	return values
}

// PrivateKey reads the client's key.
func (asked *Asked) PrivateKey() (*rsa.PrivateKey, error) {
	block, _ := pem.Decode([]byte(asked.Client.PrivateKey))
	if block == nil {
		return nil, errors.New("no PEM")
	}
	if key, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return key, nil
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	return key.(*rsa.PrivateKey), nil
}

// HTTPRequest gives the request that is to be signed.
func (asked *Asked) HTTPRequest() (*http.Request, error) {
	text := ""
	if asked.Form != nil {
		text = asked.FormValues().Encode()
	} else if asked.Body != nil {
		octets, err := base64.StdEncoding.DecodeString(*asked.Body)
		if err != nil {
			return nil, err
		}
		text = string(octets)
	}
	request, err := http.NewRequest(asked.Method, asked.URL, strings.NewReader(text))
	if err == nil && asked.Form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return request, err
}

// Capture is an HTTP transport that sends nothing: it keeps the request and answers it.
type Capture struct{ Sent *http.Request }

// RoundTrip implements http.RoundTripper.
func (capture *Capture) RoundTrip(request *http.Request) (*http.Response, error) {
	capture.Sent = request
	return &http.Response{
		Status:     "200 OK",
		StatusCode: 200,
		Body:       http.NoBody,
		Header:     http.Header{},
		Request:    request,
	}, nil
}

// Authorization gives the header field and the URL of the request that was sent, or the error that came
// before.
func (capture *Capture) Authorization(err error) (Answer, error) {
	if capture.Sent == nil {
		return nil, err
	}
	to := capture.Sent.URL
	return Answer{
		"authorization": capture.Sent.Header.Get("Authorization"),
		"url":           to.Scheme + "://" + to.Host + to.RequestURI(),
	}, nil
}
