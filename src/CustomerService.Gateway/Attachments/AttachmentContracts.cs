using System.Collections.Immutable;
using CustomerService.Grains.Conversations;

namespace CustomerService.Gateway.Attachments;

/// <summary>A file is kept, and can be sent with a message.</summary>
/// <param name="Ticket">Goes into the message's <c>attachments</c>. Only whoever uploaded the file can send it.</param>
/// <param name="Name">As it will be shown; what is harmful in names is taken out.</param>
/// <param name="MediaType">What its bytes show that it is.</param>
/// <param name="Bytes">Its length.</param>
public sealed record UploadedFile(string Ticket, string Name, string MediaType, long Bytes);

/// <summary>A file of a message. Its bytes: GET /api/conversations/{id}/attachments/{reference}.</summary>
/// <param name="Reference">Empty: the file could not be had from the channel that it came by.</param>
public sealed record MessageAttachment(string Name, string MediaType, long Bytes, string Reference)
{
    /// <summary>Null where there are none.</summary>
    internal static ImmutableArray<MessageAttachment>? AllOf(ImmutableArray<Attachment> files) =>
        files.IsDefaultOrEmpty ? null : [.. files.Select(file => new MessageAttachment(file.Name, file.MediaType, file.Bytes, file.Reference))];
}
