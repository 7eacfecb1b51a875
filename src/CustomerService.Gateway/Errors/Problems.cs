using System.Collections.Frozen;
using CustomerService.Grains.Turns;
using CustomerService.Staff;
using Microsoft.AspNetCore.Http;

namespace CustomerService.Gateway.Errors;

/// <summary>Every error that leaves the gateway, with its status. Nothing else decides a status code.</summary>
internal static class Problems
{
    /// <summary>Grains' refusals that are not a conflict (409), which is what an unlisted one is.</summary>
    private static readonly FrozenDictionary<string, int> RefusalStatus = new Dictionary<string, int>
    {
        ["not_your_conversation"] = 403,
        ["email_invalid"] = 422,
        ["expiry_in_the_past"] = 422,
        ["name_invalid"] = 422,
        ["person_id_invalid"] = 422,
        ["roles_missing"] = 422,
        ["token_id_invalid"] = 422,
        ["no_such_agent"] = 404,
        ["no_such_alert"] = 404,
        ["no_such_person"] = 404,
        ["no_such_token"] = 404,
        ["no_such_conversation"] = 404,
        ["no_such_ticket"] = 404,
        ["message_too_long"] = 413,
        ["activity_while_offline"] = 422,
        ["address_missing"] = 422,
        ["callback_address_missing"] = 422,
        ["callback_too_late"] = 422,
        ["capacity_out_of_range"] = 422,
        ["customer_missing"] = 422,
        ["empty_message"] = 422,
        ["invalid_desk"] = 422,
        ["level_out_of_range"] = 422,
        ["message_id_missing"] = 422,
        ["name_missing"] = 422,
        ["policy_invalid"] = 422,
        ["priority_out_of_range"] = 422,
        ["queue_missing"] = 422,
        ["rating_out_of_range"] = 422,
        ["reason_missing"] = 422,
        ["comment_too_long"] = 422,
        ["not_a_chat"] = 422,
        ["too_many_transcripts"] = 429,
        ["snooze_in_the_past"] = 422,
        ["snooze_too_long"] = 422,
        ["unknown_activity"] = 422,
        ["unknown_channel"] = 422,
        ["unknown_presence"] = 422,
        ["unknown_receipt_status"] = 422,
        ["unknown_tier"] = 422,
        ["unknown_wrap_up_code"] = 422,
        ["wrap_up_code_missing"] = 422,
        ["wrap_up_too_long"] = 422,
        ["not_translated"] = 422,
        ["customer_language_unknown"] = 422,
        ["no_such_reply"] = 404,
        ["unknown_command"] = 500,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static ProblemException TokenMissing(string detail) => Of(new Problem(401, "token_missing", detail) { AsksForToken = true });

    public static ProblemException TokenInvalid(string detail) => Of(new Problem(401, "token_invalid", detail) { AsksForToken = true });

    public static ProblemException TokenExpired() =>
        Of(new Problem(401, "token_expired", "The token is too old. Ask for a new one: POST /api/chat/sessions.") { AsksForToken = true });

    public static ProblemException Forbidden(string detail) => Of(new Problem(403, "forbidden", detail));

    /// <summary>The same whether or not the conversation exists, so that nobody learns which ids are in use.</summary>
    public static ProblemException NotYourConversation() =>
        Of(new Problem(403, "not_your_conversation", "This conversation can't be used with this token. Leave out conversationId to start a new one."));

    /// <summary>The same for somebody else's conversation as for none, so that nobody learns which ids are in use.</summary>
    public static ProblemException ConversationNotFound() =>
        Of(new Problem(404, "no_such_conversation", "There is no conversation of yours with this id."));

    public static ProblemException OriginRefused() =>
        Of(new Problem(403, "forbidden", "Pages of this origin may not use the chat. Its operator can allow it: 'chat: allowed_origins' in channels.yaml."));

    /// <summary>The same whether there is no such file or it is of somebody else's conversation.</summary>
    public static ProblemException FileNotFound() => Of(new Problem(404, "no_such_attachment", "This conversation has no such file."));

    public static ProblemException FileRefused(string detail) => Of(new Problem(413, "attachment_refused", detail));

    public static ProblemException MailNotTaken(string detail) => Of(new Problem(409, "mail_not_taken", detail));

    public static ProblemException IdentityRefused(string detail) => Of(new Problem(401, "identity_refused", detail));

    public static ProblemException NotFound(string code, string detail) => Of(new Problem(404, code, detail));

    public static ProblemException MalformedJson(string detail, long line, long position) =>
        Of(new Problem(400, "malformed_json", detail) { Line = line, Position = position });

    public static ProblemException WrongType(string detail, string field, long line, long position) =>
        Of(new Problem(400, "wrong_type", detail) { Field = field, Line = line, Position = position });

    public static ProblemException InvalidField(string field, string detail) => Of(new Problem(400, "invalid_field", detail) { Field = field });

    public static ProblemException UnknownQueue(string queue, IEnumerable<string> queues) =>
        Of(new Problem(422, "unknown_queue", $"There is no queue '{queue}', and nobody serves one of that name; there are: {string.Join(", ", queues)}.") { Field = "queue" });

    public static ProblemException InvalidUtf8(long position) =>
        Of(new Problem(400, "invalid_utf8", $"The body isn't valid UTF-8: the byte at position {position} doesn't fit. Send JSON in UTF-8.") { Position = position });

    public static ProblemException WrongMediaType() =>
        Of(new Problem(415, "wrong_media_type", "Send JSON, with the header Content-Type: application/json."));

    public static ProblemException SocketOnly() =>
        Of(new Problem(426, "websocket_required", "This address is a WebSocket: connect with ws:// or wss://."));

    public static ProblemException BodyTooLarge(int limit) =>
        Of(new Problem(413, "body_too_large", $"The body is longer than {limit} bytes, the most that is accepted."));

    public static ProblemException MessageTooLong(int length, int limit) =>
        Of(new Problem(413, "message_too_long", $"The text has {length} characters; at most {limit} are accepted. Split it into several messages.") { Field = "text" });

    public static ProblemException TooManyRequests(TimeSpan retryAfter) =>
        Of(new Problem(429, "too_many_requests", "You are sending faster than is allowed. Wait a moment, then go on.") { RetryAfter = Seconds(retryAfter) });

    public static ProblemException ChannelRefuses(string reason) =>
        Of(new Problem(409, "channel_refuses", $"It was not sent: {reason}."));

    public static ProblemException DraftHeld(Staff.DraftReview review, bool final) =>
        Of(new Problem(422, "draft_held", final
            ? "It was not sent: it has details that are never sent. Take them out; the findings say which."
            : "It was not sent; the findings say why. Change it, or send it again with 'anyway' and a 'reason'.")
        { Field = "text", Findings = [.. review.Findings.Where(finding => finding.Blocks)] });

    /// <summary>A grain said no.</summary>
    public static ProblemException Refused(Refused refused) => refused.Code switch
    {
        "not_your_conversation" => NotYourConversation(),
        "too_many_waiting" => Of(new Problem(429, refused.Code, refused.Message) { RetryAfter = 2 }),
        _ => Of(new Problem(RefusalStatus.GetValueOrDefault(refused.Code, 409), refused.Code, refused.Message)),
    };

    /// <summary>What a fault tells the caller: never more than they can act on.</summary>
    public static Problem From(Exception fault) => fault switch
    {
        ProblemException known => known.Problem,
        StaffRefusedException { IsDenial: true } denied => new Problem(403, denied.Code, denied.Message),
        StaffRefusedException refused => Refused(new Refused(refused.Code, refused.Message)).Problem,
        HostBusyException busy => new Problem(429, "busy", "There is more work than can be taken on now; nothing was done. Send it again later.")
        {
            RetryAfter = Seconds(busy.RetryAfter),
        },
        StoreUnavailableException => new Problem(503, "store_unavailable", "It is not known to be stored. Send it again later, with the same ids: what was done already is not done again.")
        {
            RetryAfter = 5,
        },
        CommandParkedException parked => new Problem(500, "command_parked", "This could not be handled. It is kept, and an operator has been told.")
        {
            ParkedId = parked.ParkedId,
        },
        BadHttpRequestException { StatusCode: 413 } => new Problem(413, "body_too_large", "The body is longer than is accepted."),
        BadHttpRequestException bad => new Problem(bad.StatusCode, "bad_request", BadParameter(bad.Message)),
        _ => new Problem(500, "internal_error", "Something went wrong here. It has been logged; sending again with the same ids is safe."),
    };

    /// <summary>A status that came without a body.</summary>
    public static Problem FromStatus(int status, HttpRequest request) => status switch
    {
        404 => new Problem(404, "no_such_address", $"There is nothing at {request.Path}. /openapi/v1.json lists all addresses."),
        405 => new Problem(405, "method_not_allowed", $"{request.Path} can't be used with {request.Method}. /openapi/v1.json lists what can."),
        415 => WrongMediaType().Problem,
        _ => new Problem(status, "request_failed", "The request could not be carried out."),
    };

    /// <summary>The framework writes: Failed to bind parameter "long after" from "abc".</summary>
    private static string BadParameter(string message) => message.Split('"') is ["Failed to bind parameter ", var parameter, " from ", var value, ..]
        ? $"'{value}' isn't a value that {parameter.Split(' ')[^1]} can have."
        : "The request could not be read.";

    private static int Seconds(TimeSpan time) => Math.Max(1, (int)Math.Ceiling(time.TotalSeconds));

    private static ProblemException Of(Problem problem) => new(problem);
}
