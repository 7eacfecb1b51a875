using CustomerService.Grains.Conversations;
using static CustomerService.Grains.Tests.Conversations.ConversationSteps;
using static CustomerService.Grains.Tests.Conversations.Examples;

namespace CustomerService.Grains.Tests.Conversations;

public sealed class ConversationRatingTests
{
    [Fact]
    public void Rating_CountsOnceSettledAndTheLastWordReplacesTheFirst()
    {
        var conversation = Assigned();
        conversation.Refuses("not_resolved", new RateConversation(5, null));
        conversation.Handle(new Resolve("ada"));

        var rated = conversation.Handle(new RateConversation(2, "  slow  ")).Effects;
        conversation.ChangesNothing(new RateConversation(2, "slow"));
        conversation.Handle(new RateConversation(4, null));

        Assert.Equal(new ConversationRated(2, "slow", "ada"), Assert.Single(rated.Recorded<ConversationRated>()));
        Assert.Equal((4, null), (conversation.State.Rating!.Score, conversation.State.Rating.Comment));
    }

    [Fact]
    public void Rating_IsAskedAnewAfterTheNextMessage()
    {
        var conversation = Assigned();
        conversation.Handle(new Resolve("ada"));
        conversation.Handle(new RateConversation(1, null));

        conversation.Handle(Receive("m-again"));

        Assert.Null(conversation.Ask<ConversationView>(new GetConversation()).Rating);
    }

    [Fact]
    public void Rating_OutOfRangeOrTooLong_IsRefused()
    {
        var conversation = Assigned();
        conversation.Handle(new Resolve("ada"));

        conversation.Refuses("rating_out_of_range", new RateConversation(0, null));
        conversation.Refuses("rating_out_of_range", new RateConversation(6, null));
        conversation.Refuses("comment_too_long", new RateConversation(3, new string('x', ConversationRating.MaxComment + 1)));
    }

    [Fact]
    public void Reply_WithAFileNeedsNoTextAndTakesTheFileAlong()
    {
        var conversation = Assigned();
        var file = new Attachment("label.pdf", "application/pdf", 3, "sha256-x");

        var sent = conversation.Handle(new SendAgentReply("ada", "r-1", "") { Attachments = [file] }).Effects;

        Assert.Equal(file, Assert.Single(Assert.Single(sent.Recorded<MessageSent>()).Attachments));
        conversation.Refuses("empty_message", new SendAgentReply("ada", "r-2", " "));
    }
}
