{-# LANGUAGE OverloadedStrings #-}

module Main (main) where

import Control.Exception (Exception, throwIO, try)
import Data.Aeson ((.=))
import qualified Data.ByteString as Bytes
import qualified Data.ByteString.Base64 as Base64
import qualified Data.ByteString.Char8 as Char8
import qualified Data.ByteString.Lazy as Lazy
import Data.Text (Text, unpack)
import Data.Text.Encoding (decodeUtf8, encodeUtf8)
import Network.HTTP.Client
import Protocol
import System.Process (readProcess)
import Web.Authenticate.OAuth

-- | The signed request, thrown where it would be sent.
newtype Signed = Signed Request

instance Show Signed where show _ = "signed"

instance Exception Signed

methods :: [(Text, SignMethod)]
methods =
  [ ("HMAC-SHA1", HMACSHA1),
    ("HMAC-SHA256", HMACSHA256),
    ("HMAC-SHA512", HMACSHA512),
    ("PLAINTEXT", PLAINTEXT)
  ]

percentEncode :: Asked -> IO Answer
percentEncode asked = do
  octets <- given asked "octets"
  input <- maybe (text asked "text") (either fail pure . Base64.decode . encodeUtf8) octets
  pure ["result" .= decodeUtf8 (paramEncode input)]

-- | Both requests for credentials take a hook that changes what is signed: any request. signOAuth adds
-- the optional oauth_body_hash to every request that is not a form, which nobody asks for here.
sign :: Asked -> IO Answer
sign asked = do
  url <- text asked "url"
  wanted <- requested asked =<< parseRequest (unpack (decodeUtf8 url))
  client <- given asked "client" >>= maybe (fail "client") pure
  identifier <- text client "identifier"
  secret <- text client "sharedSecret"
  method' <- given asked "signatureMethod" >>= maybe (fail "method") pure . (>>= (`lookup` methods))
  realm <- fmap encodeUtf8 <$> given asked "realm"
  callback <- fmap encodeUtf8 <$> given asked "callback"
  let oauth =
        newOAuth
          { oauthSignatureMethod = method',
            oauthConsumerKey = identifier,
            oauthConsumerSecret = secret,
            oauthCallback = callback,
            oauthRealm = realm,
            oauthVersion = OAuth10a,
            oauthRequestUri = "http://localhost/",
            oauthAccessTokenUri = "http://localhost/"
          }
  manager <- newManager defaultManagerSettings {managerModifyRequest = throwIO . Signed}
  place <- text asked "transmission"
  credential <- credentialOf asked
  let forTemporary = do
        support (place == "header") "a request for temporary credentials has a header field"
        getTemporaryCredential' (const wanted) oauth manager
      forToken its = do
        support (callback == Nothing) "no callback beside a token"
        let request = defaultAccessTokenRequest oauth its manager
        either (const emptyCredential) id
          <$> getAccessTokenWith
            request
              { accessTokenRequestHook = const wanted,
                accessTokenAddAuth = if place == "header" then accessTokenAddAuth request else addAuthBody
              }
  sent <- try (maybe forTemporary forToken credential)
  case sent of
    Right _ -> fail "nothing was sent"
    Left (Signed request)
      | place == "header" ->
        pure
          [ "url" .= sentUrl request,
            "authorization" .= fmap decodeUtf8 (lookup "Authorization" (requestHeaders request))
          ]
      | otherwise -> pure ["url" .= sentUrl request, "body" .= decodeUtf8 (octetsOf (requestBody request))]

-- | http-client may send another spelling of the URL than it was given, and that is signed.
sentUrl :: Request -> Text
sentUrl request = decodeUtf8 (Bytes.concat [scheme, host request, ":", number, path request, queryString request])
  where
    scheme = if secure request then "https://" else "http://"
    number = Char8.pack (show (port request))

-- | What the library makes of method, form and body.
requested :: Asked -> Request -> IO Request
requested asked request = do
  method' <- text asked "method"
  form <- list asked "form"
  body <- given asked "body"
  octets <- either fail pure (Base64.decode (maybe "" encodeUtf8 body))
  let with = maybe request {requestBody = RequestBodyBS octets} (`urlEncodedBody` request) form
  pure with {method = method'}

-- | The token, and the verifier of the temporary credentials.
credentialOf :: Asked -> IO (Maybe Credential)
credentialOf asked = do
  token <- given asked "token" :: IO (Maybe Asked)
  verifier <- fmap encodeUtf8 <$> given asked "verifier"
  support (token /= Nothing || verifier == Nothing) "no verifier without a token"
  case token of
    Nothing -> pure Nothing
    Just its -> do
      credential <- newCredential <$> text its "identifier" <*> text its "sharedSecret"
      pure (Just (maybe credential (`injectVerifier` credential) verifier))

octetsOf :: RequestBody -> Bytes.ByteString
octetsOf (RequestBodyBS octets) = octets
octetsOf (RequestBodyLBS octets) = Lazy.toStrict octets
octetsOf _ = ""

main :: IO ()
main = do
  version <- readProcess "/usr/bin/ghc-pkg" ["field", "authenticate-oauth", "version", "--simple-output"] ""
  serve
    [ "name" .= ("authenticate-oauth" :: Text),
      "version" .= takeWhile (/= '\n') version,
      "language" .= ("Haskell" :: Text),
      "signatureMethods" .= map fst methods,
      "transmissions" .= (["header", "form-body"] :: [Text]),
      "ownNonce" .= True,
      "ownTimestamp" .= True,
      "ownVersion" .= True
    ]
    [("percent-encode", percentEncode), ("sign", sign)]
