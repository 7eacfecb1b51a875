using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerService.Grains.Deliveries;

namespace CustomerService.Channels.Neutral;

/// <summary>What a program posts to us: one thing, or several in an array. What it means stands in <c>docs/recipes/connect-sms-and-voice.md</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(Message), "message")]
[JsonDerivedType(typeof(Status), "status")]
[JsonDerivedType(typeof(OptOut), "opt_out")]
[JsonDerivedType(typeof(Typing), "typing")]
[JsonDerivedType(typeof(Call), "call")]
internal abstract record NeutralBody
{
    /// <param name="Thread">Where one customer has several conversations, such as calls or mails: which one.</param>
    /// <param name="At">When it was written; default: when it came.</param>
    public sealed record Message(string Id, string From, string? Text = null, string? Thread = null, string? Language = null, DateTimeOffset? At = null) : NeutralBody
    {
        public ImmutableArray<File> Attachments { get; init => field = value.IsDefault ? [] : value; } = [];
    }

    /// <param name="Conversation">As it stood in what we sent.</param>
    /// <param name="Id">As it stood in what we sent.</param>
    public sealed record Status(string Conversation, string Id, [property: JsonPropertyName("status")] DeliveryStatus What, string? Reason = null) : NeutralBody;

    public sealed record OptOut(string From, bool OptedOut, string? Thread = null, string? Word = null) : NeutralBody;

    public sealed record Typing(string From, string? Thread = null) : NeutralBody;

    /// <summary>Something happened in a call; it is answered with what to do next.</summary>
    /// <param name="Id">The call's.</param>
    /// <param name="From">The caller; empty or <c>anonymous</c>: withheld.</param>
    /// <param name="Then">Of the step that is over; null: the call begins.</param>
    /// <param name="Speech">What was said.</param>
    /// <param name="Keys">The keys that were pressed.</param>
    /// <param name="Taken">Of a telephone that was rung: the agent took the call, and the two were connected.</param>
    /// <param name="Written">A recording's words; empty ones: nobody could write it down.</param>
    /// <param name="Ended">How the call ended, such as <c>completed</c>.</param>
    /// <param name="Seconds">How long it was.</param>
    public sealed record Call(
        [property: JsonPropertyName("call")] string Id, string From, string? Then = null, string? Language = null, string? Speech = null, string? Keys = null, bool Taken = false,
        AfterTheTone? Recording = null, [property: JsonPropertyName("transcript")] Words? Written = null, string? Ended = null, int Seconds = 0) : NeutralBody;

    /// <param name="Url">As of <see cref="File"/>.</param>
    public sealed record AfterTheTone(string Id, string Url, int Seconds);

    public sealed record Words(string Id, string Text);

    /// <param name="Url">At the host of <c>files_from</c> or <c>send_to</c>: files are fetched from nowhere else.</param>
    public sealed record File(string Url, string? Name = null, string? MediaType = null);
}

/// <summary>What we post: one message to a customer.</summary>
/// <param name="Id">The same for every attempt at one message; also in the header Idempotency-Key.</param>
internal sealed record NeutralOutgoing(string Type, string Conversation, string Id, string To, string Author, string Text, string? InReplyTo, ImmutableArray<NeutralFile> Attachments);

/// <param name="Content">The bytes, in base64.</param>
internal sealed record NeutralFile(string Name, string MediaType, string Content);

/// <summary>The zero character is no part of any text, and databases don't take it.</summary>
internal sealed class TextWithoutZeros : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()?.Replace("\0", "", StringComparison.Ordinal);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true,
    Converters = [typeof(TextWithoutZeros)])]
[JsonSerializable(typeof(NeutralBody))]
[JsonSerializable(typeof(ImmutableArray<NeutralBody>))]
[JsonSerializable(typeof(NeutralOutgoing))]
[JsonSerializable(typeof(NeutralSteps))]
internal sealed partial class NeutralJson : JsonSerializerContext;
