using CustomerService.Grains.MailThreads;

namespace CustomerService.Grains.Tests.MailThreads;

public sealed class MailThreadTests
{
    private readonly Subject<MailThreadBehaviour, MailThreadState> _thread = new("<1@shop.example>");

    [Fact]
    public void FirstWord_Counts()
    {
        Assert.Null(_thread.Ask<ThreadView>(new FindThread()).ConversationId);

        Assert.Equal("c-1", _thread.Ask<ThreadView>(new JoinThread("c-1")).ConversationId);
        Assert.Equal("c-1", _thread.Ask<ThreadView>(new JoinThread("c-2")).ConversationId);
        Assert.Equal("c-1", _thread.Ask<ThreadView>(new FindThread()).ConversationId);
    }

    [Fact]
    public void ConversationWithoutId_IsRefused() => _thread.Refuses("conversation_missing", new JoinThread(""));
}
