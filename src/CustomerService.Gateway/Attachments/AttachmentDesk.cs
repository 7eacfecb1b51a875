using System.Collections.Immutable;
using CustomerService.Channels.Files;
using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Errors;
using CustomerService.Grains.Conversations;
using Microsoft.AspNetCore.Http;

namespace CustomerService.Gateway.Attachments;

/// <summary>Takes files in, gives them to messages, and gives them out.</summary>
internal sealed class AttachmentDesk(IAttachmentStore store, AttachmentTickets tickets, TimeProvider time)
{
    /// <summary>How many files a message may have.</summary>
    public const int Most = 10;

    /// <summary>A file outlives its ticket, so that none is swept away while a message takes it.</summary>
    private static readonly TimeSpan Beyond = TimeSpan.FromHours(1);

    /// <summary>Keeps the request's body as a file of this holder's, until a message takes it or its ticket is over.</summary>
    /// <exception cref="ProblemException">It is too large, or empty.</exception>
    public async Task<UploadedFile> KeepAsync(string holder, string name, HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > IncomingFile.MaxBytes)
            throw Problems.BodyTooLarge(IncomingFile.MaxBytes);
        try
        {
            // The ticket is made when all of the file is there, which may take a while.
            var kept = await store.KeepUntilAsync(name, request.ContentType ?? "", request.Body, time.GetUtcNow() + AttachmentTickets.Lifetime + Beyond, cancellation);
            return kept.Bytes == 0
                ? throw Problems.InvalidField("body", "The file is empty; send its bytes as the body.")
                : new UploadedFile(tickets.Sign(holder, kept), kept.Name, kept.MediaType, kept.Bytes);
        }
        catch (AttachmentRefusedException refused)
        {
            throw Problems.FileRefused(refused.Message);
        }
    }

    /// <summary>The files that a message of this holder's names; from now on they are kept for good.</summary>
    /// <exception cref="ProblemException">There are too many, or one is none of this holder's, or was uploaded too long ago.</exception>
    public async ValueTask<ImmutableArray<Attachment>> TakeAsync(string holder, ImmutableArray<string>? named, CancellationToken cancellation)
    {
        if (named is not { IsDefaultOrEmpty: false } wanted)
            return [];
        if (wanted.Length > Most)
            throw Problems.InvalidField("attachments", $"There are {wanted.Length} files; at most {Most} are accepted. Send them in several messages.");
        ImmutableArray<Attachment> files = [.. wanted.Select((ticket, at) => (ticket is null ? null : tickets.Read(holder, ticket)) ?? throw Problems.InvalidField(
            $"attachments[{at}]", $"That is no ticket of a file that you uploaded in the last {AttachmentTickets.Lifetime.TotalHours:0} hours. Upload the file (again); the answer has its ticket."))];
        return await store.TakeAsync([.. files.Select(file => file.Reference)], cancellation)
            ? files
            : throw Problems.InvalidField("attachments", "One of the files is not there any more. Upload it again; the answer has its ticket.");
    }

    /// <summary>The text of a message; with files there need be none.</summary>
    public static string TextWith(ImmutableArray<Attachment> files, string? text) =>
        files.IsEmpty || !string.IsNullOrWhiteSpace(text) ? MessageIntake.CheckedText(text) : "";

    /// <exception cref="ProblemException">The store has lost it.</exception>
    public async Task<Stream> OpenAsync(MessageAttachment file, CancellationToken cancellation) =>
        await store.OpenAsync(file.Reference, cancellation) ?? throw Problems.FileNotFound();
}
