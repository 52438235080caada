{-# LANGUAGE OverloadedStrings #-}

-- | The conformance protocol on standard input and output, for adapters in Haskell.
module Protocol (Answer, Asked, Unsupported (..), given, list, serve, support, text) where

import Control.Exception (Exception, SomeException, catches, displayException, evaluate, throwIO)
import qualified Control.Exception as Exception
import Control.Monad (unless)
import Data.Aeson (FromJSON, Object, ToJSON, Value (..), eitherDecodeStrict, encode, object, (.=))
import Data.Aeson.Types (Pair, parseEither, (.:), (.:?))
import Data.Aeson.Key (Key)
import qualified Data.ByteString as Bytes
import qualified Data.ByteString.Lazy as Lazy
import Data.Text (Text, pack)
import Data.Text.Encoding (encodeUtf8)
import System.IO (BufferMode (..), hSetBuffering, isEOF, stdout)

-- | What is asked: the members of the request's object.
type Asked = Object

-- | The members of an answer.
type Answer = [Pair]

-- | The implementation cannot do what is asked: no failure.
newtype Unsupported = Unsupported Text deriving (Show)

instance Exception Unsupported

-- | Answers each line by the function of its command.
serve :: Answer -> [(Text, Asked -> IO Answer)] -> IO ()
serve description commands = hSetBuffering stdout LineBuffering >> next
  where
    next = do
      ended <- isEOF
      unless ended (Bytes.getLine >>= either fail answerTo . eitherDecodeStrict)
    answerTo asked = do
      command <- member asked "command"
      unless (command == "stop") $ do
        number <- member asked "id"
        answer <- answerOf command asked
        print' (object ("id" .= (number :: Int) : answer))
        next
    answerOf "describe" _ = pure ("commands" .= map fst commands : description)
    answerOf command asked = case lookup command commands of
      Nothing -> pure ["unsupported" .= ("no such command" :: Text)]
      Just act ->
        (act asked >>= evaluate) `catches`
          [ Exception.Handler (\(Unsupported why) -> pure ["unsupported" .= why]),
            Exception.Handler (\e -> pure ["error" .= displayException (e :: SomeException)])
          ]
    print' :: Value -> IO ()
    print' value = Lazy.putStr (encode value <> "\n")

support :: Bool -> Text -> IO ()
support holds what = unless holds (throwIO (Unsupported what))

-- | A member that is there.
member :: FromJSON a => Asked -> Key -> IO a
member asked name = either fail pure (parseEither (.: name) asked)

-- | A text that is there, as UTF-8.
text :: Asked -> Key -> IO Bytes.ByteString
text asked name = encodeUtf8 <$> member asked name

-- | A member that may be null or absent.
given :: FromJSON a => Asked -> Key -> IO (Maybe a)
given asked name = either fail pure (parseEither (.:? name) asked)

-- | A list of pairs that may be null, as UTF-8.
list :: Asked -> Key -> IO (Maybe [(Bytes.ByteString, Bytes.ByteString)])
list asked name = fmap (map (\(a, b) -> (encodeUtf8 a, encodeUtf8 b))) <$> given asked name
