using System.Collections.Immutable;
using CustomerService.Channels.Accounts;
using CustomerService.Channels.Files;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.Logging;

namespace CustomerService.Channels.Intake;

/// <inheritdoc cref="IChannelIntake"/>
public sealed partial class ChannelIntake(IGrainClient grains, IAttachmentStore files, ILogger<ChannelIntake> logger) : IChannelIntake
{
    /// <summary>The longest that one file may take to come.</summary>
    private static readonly TimeSpan MediaPatience = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public async Task<IntakeResult> AcceptAsync(IChannelAccount account, ChannelEvent what, CancellationToken cancellation) => what switch
    {
        ChannelEvent.Message message => await AcceptMessageAsync(account, message, cancellation),
        ChannelEvent.Receipt receipt => Result(await grains.AskAsync(Grain.Delivery(receipt.ConversationId), receipt.What, cancellation)),
        ChannelEvent.OptOut optOut => Result(await grains.AskAsync(Grain.Delivery(optOut.ConversationId), optOut.What, cancellation)),
        _ => new IntakeResult(null, Duplicate: false),
    };

    private async Task<IntakeResult> AcceptMessageAsync(IChannelAccount account, ChannelEvent.Message message, CancellationToken cancellation)
    {
        var interaction = message.Interaction with
        {
            ChannelMetadata = message.Interaction.ChannelMetadata.SetItem(ChannelMetadata.Account, account.Name),
        };
        if (!message.Media.IsDefaultOrEmpty && account is IMediaAccount media)
            interaction = interaction with { Attachments = [.. interaction.Attachments, .. await FetchAsync(media, message.Media, cancellation)] };

        var reply = await grains.AskAsync(Grain.Conversation(message.ConversationId), new ReceiveMessage(interaction) { Id = interaction.Id }, cancellation);
        if (reply is Refused refused)
            LogRefused(account.Name, interaction.Id, refused.Code);
        return Result(reply);
    }

    private async Task<ImmutableArray<Attachment>> FetchAsync(IMediaAccount account, ImmutableArray<MediaReference> media, CancellationToken cancellation)
    {
        var fetched = ImmutableArray.CreateBuilder<Attachment>(media.Length);
        foreach (var each in media)
            fetched.Add(await FetchAsync(account, each, cancellation));
        return fetched.MoveToImmutable();
    }

    /// <summary>What can't be fetched is still told of: its message must not be lost for it.</summary>
    private async Task<Attachment> FetchAsync(IMediaAccount account, MediaReference media, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(MediaPatience);
        try
        {
            await using var content = await account.OpenMediaAsync(media, patience.Token);
            return await files.KeepAsync(media.Name, content.MediaType, content.Stream, patience.Token);
        }
        catch (Exception fault) when (fault is MediaUnavailableException or AttachmentRefusedException or HttpRequestException or IOException
            || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            LogNoMedia(fault, account.Name, media.Name);
            return new Attachment(media.Name, media.MediaType, 0, Reference: "");
        }
    }

    private static IntakeResult Result(Reply reply) => reply switch
    {
        Refused refused => new IntakeResult(refused.Message, Duplicate: false) { Later = refused.Code == "too_many_waiting" },
        MessageAccepted accepted => new IntakeResult(null, accepted.Duplicate),
        _ => new IntakeResult(null, Duplicate: false),
    };

    [LoggerMessage(LogLevel.Warning, "{Account}: message {MessageId} was not taken ({Code})")]
    private partial void LogRefused(string account, string messageId, string code);

    [LoggerMessage(LogLevel.Warning, "{Account}: the file {Name} can't be fetched; its message came in without it")]
    private partial void LogNoMedia(Exception fault, string account, string name);
}
