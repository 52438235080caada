{-# LANGUAGE OverloadedStrings #-}

-- RFC 5849 §3.5.1 and RFC 2616 §2.2: a quotation mark inside a quoted-string is escaped.
import qualified Data.ByteString.Char8 as Bytes
import Network.HTTP.Client (parseRequest, requestHeaders)
import Web.Authenticate.OAuth

main :: IO ()
main = do
  request <- parseRequest "http://example.com/"
  signed <- signOAuth newOAuth {oauthConsumerKey = "ck", oauthConsumerSecret = "cs", oauthRealm = Just "a\"b"} (newCredential "token" "secret") request
  putStrLn "expected OAuth realm=\"a\\\"b\""
  putStrLn ("received " <> maybe "" (Bytes.unpack . Bytes.takeWhile (/= ',')) (lookup "Authorization" (requestHeaders signed)))
