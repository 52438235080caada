{-# LANGUAGE OverloadedStrings #-}

-- RFC 5849 §3.5.2: the protocol parameters are added to the form. Look at what becomes of "a=1".
import qualified Data.ByteString.Lazy.Char8 as Bytes
import Network.HTTP.Client (RequestBody (..), parseRequest, requestBody, urlEncodedBody)
import Web.Authenticate.OAuth

main :: IO ()
main = do
  request <- urlEncodedBody [("a", "1")] <$> parseRequest "http://example.com/"
  let signed = addAuthBody () (insert "oauth_nonce" "n" emptyCredential) request
  putStrLn "expected a=1&oauth_nonce=n"
  case requestBody signed of
    RequestBodyLBS body -> putStrLn ("received " <> Bytes.unpack body)
    _ -> putStrLn "received another kind of body"
