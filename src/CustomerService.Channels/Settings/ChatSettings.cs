using System.Collections.Immutable;
using CustomerService.Channels.Webhooks;

namespace CustomerService.Channels.Settings;

/// <summary>The chat's part of the owner's <c>channels.yaml</c>.</summary>
public sealed record ChatSettings
{
    public static ChatSettings None { get; } = new();

    /// <summary>Sites whose pages may use the chat, each as <c>https://shop.example</c>; besides, the program's own page always may.</summary>
    public ImmutableArray<string> AllowedOrigins { get; init; } = [];

    /// <summary>The keys that the owner's site signs its customers' identities with; null: customers stay unknown.</summary>
    public SigningKeys? IdentityKeys { get; init; }

    /// <summary>Whether such an identity is also a proof of who the customer is, for what concerns their orders. Default: yes.</summary>
    public bool IdentityProves { get; init; } = true;

    /// <summary>The mailbox that mails transcripts; null: they are not mailed.</summary>
    public string? TranscriptsBy { get; init; }

    /// <summary>Whether a page of this origin is one of those sites.</summary>
    public bool Allows(string origin) => AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase);
}
