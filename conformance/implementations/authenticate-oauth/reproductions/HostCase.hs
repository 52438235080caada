{-# LANGUAGE OverloadedStrings #-}

-- RFC 5849 §3.4.1.2: the host is in lower case in the base string URI, so that both spellings of it have
-- the same signature.
import Network.HTTP.Client (parseRequest)
import Web.Authenticate.OAuth

main :: IO ()
main = do
  let client = newOAuth {oauthConsumerKey = "ck", oauthConsumerSecret = "cs"}
  let signed url = parseRequest url >>= genSign client (newCredential "token" "secret")
  lower <- signed "http://example.com/"
  capital <- signed "http://EXAMPLE.com/"
  putStrLn "expected the same signature"
  putStrLn ("received " <> (if lower == capital then "the same signature" else "another signature"))
