using System.Collections.Immutable;
using CustomerService.Channels.Files;
using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Errors;
using CustomerService.Grains.Conversations;
using Microsoft.AspNetCore.Http;

namespace CustomerService.Gateway.Attachments;

/// <summary>Takes files in and gives them out.</summary>
internal sealed class AttachmentDesk(IAttachmentStore store, AttachmentTickets tickets)
{
    /// <summary>Keeps the request's body as a file of this holder's.</summary>
    /// <exception cref="ProblemException">It is too large, or empty.</exception>
    public async Task<UploadedFile> TakeAsync(string holder, string name, HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > IncomingFile.MaxBytes)
            throw Problems.BodyTooLarge(IncomingFile.MaxBytes);
        try
        {
            var kept = await store.KeepAsync(name, request.ContentType ?? "", request.Body, cancellation);
            return kept.Bytes == 0
                ? throw Problems.InvalidField("body", "The file is empty; send its bytes as the body.")
                : new UploadedFile(tickets.Sign(holder, kept), kept.Name, kept.MediaType, kept.Bytes);
        }
        catch (AttachmentRefusedException refused)
        {
            throw Problems.FileRefused(refused.Message);
        }
    }

    /// <exception cref="ProblemException">The store has lost it.</exception>
    public async Task<Stream> OpenAsync(MessageAttachment file, CancellationToken cancellation) =>
        await store.OpenAsync(file.Reference, cancellation) ?? throw Problems.FileNotFound();
}

/// <summary>The files that a message names.</summary>
internal static class MessageFiles
{
    public const int Most = 10;

    /// <exception cref="ProblemException">There are too many, or one is none of this holder's.</exception>
    public static ImmutableArray<Attachment> Checked(this AttachmentTickets tickets, string holder, ImmutableArray<string>? named)
    {
        if (named is not { IsDefaultOrEmpty: false } wanted)
            return [];
        if (wanted.Length > Most)
            throw Problems.InvalidField("attachments", $"There are {wanted.Length} files; at most {Most} are accepted. Send them in several messages.");
        return [.. wanted.Select((ticket, at) => (ticket is null ? null : tickets.Read(holder, ticket)) ?? throw Problems.InvalidField(
            $"attachments[{at}]", "That is no ticket of a file that you uploaded. Upload the file first; the answer has its ticket."))];
    }

    /// <summary>The text of a message; with files there need be none.</summary>
    public static string TextWith(ImmutableArray<Attachment> files, string? text) =>
        files.IsEmpty || !string.IsNullOrWhiteSpace(text) ? MessageIntake.CheckedText(text) : "";
}
