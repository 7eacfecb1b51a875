using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Sending;
using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Neutral;

/// <summary>Posts messages to the owner's program, signed.</summary>
internal sealed class NeutralSender(NeutralSettings settings, AccountParts parts)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public async Task<SendOutcome> SendAsync(MessageToSend message, CancellationToken cancellation)
    {
        if (settings.SendTo is not { } where)
            return new SendOutcome.Failed($"the account '{settings.Name}' only brings messages in; give it send_to");

        if (await FilesAsync(message.Message.Attachments, cancellation) is not { } files)
            return new SendOutcome.Failed("a file of the message is not there any more");
        var content = message.Message;
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new NeutralOutgoing(
                "message", message.ConversationId, content.MessageId, message.Inbound.Address, content.Author.ToString().ToLowerInvariant(), content.Text, content.InReplyTo, files),
            NeutralJson.Default.NeutralOutgoing);
        using var request = new HttpRequestMessage(HttpMethod.Post, where) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add("Idempotency-Key", Uri.EscapeDataString($"{message.ConversationId}/{content.MessageId}"));
        request.Headers.Add(NeutralSignature.Header, NeutralSignature.Of(body, settings.Secret, parts.Time.GetUtcNow()));
        return (await HttpAttempt.AskAsync(parts.Http, request, Patience, parts.Time, cancellation)).Outcome(answer => Outcome(answer, content.MessageId));
    }

    private SendOutcome Outcome(HttpAnswer.Said answer, string messageId)
    {
        var said = $"{settings.SendTo!.Authority} answered {(int)answer.Status}{(Said(answer.Body, "reason") is { } reason ? $": {reason}" : "")}";
        return answer.Status switch
        {
            _ when answer.IsSuccess => new SendOutcome.Accepted([Said(answer.Body, "id") ?? messageId]),
            HttpStatusCode.Conflict => new SendOutcome.Accepted([messageId]), // it has it
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => new SendOutcome.Later(said, answer.RetryAfter),
            // The owner has to see to these; their messages wait meanwhile.
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or < HttpStatusCode.BadRequest =>
                new SendOutcome.Later($"{said}; check send_to and the secret"),
            >= HttpStatusCode.InternalServerError => new SendOutcome.Unknown(said),
            _ => new SendOutcome.Failed(said),
        };
    }

    private async Task<ImmutableArray<NeutralFile>?> FilesAsync(ImmutableArray<Attachment> attachments, CancellationToken cancellation)
    {
        var files = ImmutableArray.CreateBuilder<NeutralFile>(attachments.Length);
        foreach (var attachment in attachments)
        {
            await using var stream = await parts.Files.OpenAsync(attachment.Reference, cancellation);
            if (stream is null)
                return null;
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, cancellation);
            files.Add(new NeutralFile(attachment.Name, attachment.MediaType, Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length)));
        }

        return files.MoveToImmutable();
    }

    private static string? Said(byte[] body, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString() is { Length: > 0 and <= 500 } text ? text : null
                : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
