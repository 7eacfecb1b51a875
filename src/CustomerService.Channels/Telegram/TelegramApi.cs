using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Intake;
using CustomerService.Channels.Sending;
using CustomerService.Channels.Social;

namespace CustomerService.Channels.Telegram;

/// <summary>Telegram's Bot API, as far as messages need it.</summary>
internal sealed class TelegramApi(TelegramBot bot, AccountParts parts)
{
    private readonly JsonApi _api = new(parts);

    private string Root { get; } = bot.Api.AbsoluteUri.TrimEnd('/');

    /// <summary>Calls a method that sends one message.</summary>
    public async Task<SendOutcome> SendAsync(string method, HttpContent content, CancellationToken cancellation) =>
        (await _api.AskAsync(HttpMethod.Post, At(method), null, content, cancellation)).Outcome(Outcome);

    /// <exception cref="MediaUnavailableException">It can't be had.</exception>
    public async Task<MediaContent> OpenAsync(MediaReference media, CancellationToken cancellation)
    {
        var answer = await _api.AskAsync(HttpMethod.Post, At("getFile"), null, new JsonObject { ["file_id"] = media.Id }, cancellation);
        if (answer is not HttpAnswer.Said { IsSuccess: true } said || said.Json().Member("result").Text("file_path") is not { Length: > 0 } path)
        {
            var why = answer is HttpAnswer.Said refused ? refused.Json().Text("description") : "no answer";
            throw new MediaUnavailableException($"Telegram does not give the file ({why}); bots get files of up to 20 MB");
        }

        var escaped = string.Join('/', path.Split('/').Where(step => step is not (".." or "." or "")).Select(Uri.EscapeDataString));
        var where = new Uri($"{Root}/file/bot{bot.Token}/{escaped}");
        return await RemoteFile.OpenAsync(parts, where, _ => null, at => at.Scheme == bot.Api.Scheme && at.Authority == bot.Api.Authority, media.MediaType, cancellation);
    }

    private SendOutcome Outcome(HttpAnswer.Said said)
    {
        var json = said.Json();
        var description = json.Text("description");
        var reason = $"Telegram: {(description.Length > 0 ? description : $"status {(int)said.Status}")}";
        var after = json.Member("parameters").Whole("retry_after") is { } seconds and > 0 and < 1_000_000 ? TimeSpan.FromSeconds(seconds) : said.RetryAfter;
        return said.Status switch
        {
            _ when said.IsSuccess => json.Member("result").Text("message_id") is { Length: > 0 } id
                ? new SendOutcome.Accepted([id])
                : new SendOutcome.Unknown("Telegram took the message and did not say under which id"),
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => new SendOutcome.Later(reason, after),
            >= HttpStatusCode.InternalServerError => new SendOutcome.Unknown(reason),
            HttpStatusCode.Forbidden => new SendOutcome.Failed("the customer has blocked the bot, or has left Telegram"),
            // The owner has to see to these; their messages wait meanwhile.
            HttpStatusCode.Unauthorized or HttpStatusCode.NotFound => new SendOutcome.Later($"{reason}; check token_env and api"),
            HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge when json.ValueKind == JsonValueKind.Object => new SendOutcome.Failed(reason),
            _ => new SendOutcome.Later($"{bot.Api.Authority} answered {(int)said.Status}, as Telegram never does; check api"),
        };
    }

    private Uri At(string method) => new($"{Root}/bot{bot.Token}/{method}");
}
