namespace CustomerService.Channels.Email;

/// <summary>What is kept of a mail in its <see cref="Grains.Conversations.Interaction.ChannelMetadata"/>, for its answer and for agents.</summary>
public static class MailMetadata
{
    public const string Subject = "subject";

    /// <summary>The writer's name, as they say.</summary>
    public const string Name = "name";

    /// <summary>The mail's Message-ID without its brackets.</summary>
    public const string MessageId = "message_id";

    /// <summary>The Message-IDs before it, oldest first, with spaces between.</summary>
    public const string References = "references";

    /// <summary>Another customer's conversation that the mail claims to answer.</summary>
    public const string Related = "related";

    /// <summary>The mail as it came: a reference into the <see cref="Files.IAttachmentStore"/>. It is no attachment, since it brings nothing that the others don't.</summary>
    public const string Source = "source";
}
