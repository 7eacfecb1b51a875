using System.Collections.Frozen;
using System.Net;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Social;

namespace CustomerService.Channels.Meta;

/// <summary>What the Graph API's errors mean for a message, in words of people who look at one.</summary>
internal static class GraphErrors
{
    private const int AccessTokenInvalid = 190;

    private static readonly FrozenDictionary<long, string> Words = new Dictionary<long, string>
    {
        [3] = "our app may not send messages there",
        [4] = "our app asks Meta too often",
        [10] = "Meta does not allow this message: the customer last wrote too long ago, or our app lacks the permission",
        [100] = "Meta does not take the message as it is",
        [AccessTokenInvalid] = "the access token is not valid any more",
        [200] = "our app lacks the permission, or the customer takes no messages from us",
        [368] = "Meta has blocked our page for a time",
        [551] = "the customer does not receive messages at present, or has blocked us",
        [80007] = "our WhatsApp account asks Meta too often",
        [130429] = "we send faster than WhatsApp allows",
        [130472] = "WhatsApp did not bring it, as part of an experiment with this customer",
        [131008] = "Meta misses something in the message",
        [131009] = "Meta does not take the message as it is",
        [131021] = "the number is our own",
        [131026] = "the message can't be brought: the customer has no WhatsApp, or an old one, or has not accepted its terms",
        [131031] = "our WhatsApp account is locked",
        [131042] = "WhatsApp does not send until our payment is settled",
        [131047] = "the customer last wrote more than 24 hours ago, and only a template may be sent",
        [131048] = "WhatsApp holds us back, since customers reported our messages",
        [131049] = "WhatsApp did not bring it, to spare the customer too many messages of businesses",
        [131051] = "WhatsApp has no such kind of message",
        [131052] = "WhatsApp could not get the file",
        [131053] = "WhatsApp does not take the file",
        [131056] = "too many messages to this customer in a short time",
        [132000] = "the template wants another number of parameters",
        [132001] = "the template does not exist in that language, or is not approved",
        [132005] = "the template is too long with this text",
        [132012] = "the template does not take this text",
        [132015] = "WhatsApp has paused the template for its quality",
        [132016] = "WhatsApp has switched the template off for its quality",
        [133010] = "our number is not registered at WhatsApp",
    }.ToFrozenDictionary();

    /// <summary>Codes that speak of the moment, or of what the owner has to put right; their messages wait meanwhile.</summary>
    private static readonly FrozenSet<long> Passing = FrozenSet.ToFrozenSet(
        [4L, 17, 32, 341, 368, 613, 80000, 80001, 80002, 80005, 80006, 80007, 80008, AccessTokenInvalid, 130429, 131031, 131042, 131048, 131056, 131057, 133010]);

    /// <summary>What came of a message that was answered with an error.</summary>
    public static SendOutcome Outcome(HttpAnswer.Said answer, string provider)
    {
        var error = answer.Json().Member("error");
        var code = error.Whole("code");
        var reason = Explain(code, Detail(error) is { Length: > 0 } detail ? detail : $"{provider} answered {(int)answer.Status}");
        return answer.Status switch
        {
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => new SendOutcome.Later(reason, answer.RetryAfter),
            _ when code is { } known && Passing.Contains(known) => new SendOutcome.Later(known == AccessTokenInvalid ? reason + "; check access_token_env" : reason, answer.RetryAfter),
            >= HttpStatusCode.InternalServerError => new SendOutcome.Unknown(reason),
            HttpStatusCode.Unauthorized => new SendOutcome.Later(reason + "; check access_token_env", answer.RetryAfter),
            >= HttpStatusCode.BadRequest when error.IsTrue("is_transient") => new SendOutcome.Later(reason, answer.RetryAfter),
            // Without an error of its own it is no answer of the Graph API.
            >= HttpStatusCode.BadRequest when code is not null => new SendOutcome.Failed(reason),
            _ => new SendOutcome.Later($"{provider} answered {(int)answer.Status}, as the Graph API never does; check api"),
        };
    }

    /// <param name="code">Null or unknown: the other words are all there is to say.</param>
    public static string Explain(long? code, string otherwise) =>
        code is { } number && number != 0 ? $"{Words.GetValueOrDefault(number, otherwise)} (Meta error {number})" : otherwise;

    /// <summary>What Meta itself says of it.</summary>
    public static string Detail(System.Text.Json.JsonElement error)
    {
        var details = error.Member("error_data").Text("details");
        var message = details.Length > 0 ? details : error.Text("message");
        var said = message.Length > 0 ? message : error.Text("title");
        return said.Length <= 300 ? said : said[..300];
    }
}
