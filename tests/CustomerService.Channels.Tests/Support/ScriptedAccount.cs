using CustomerService.Channels.Accounts;
using CustomerService.Channels.Sending;
using CustomerService.Grains.Conversations;

namespace CustomerService.Channels.Tests.Support;

/// <summary>An account that answers as a test says, and remembers what it was asked.</summary>
internal sealed record ScriptedSettings(string Name) : AccountSettings(Name)
{
    public Queue<Func<SendOutcome>> Outcomes { get; } = new();

    public SendTrace Trace { get; set; } = new SendTrace.NoWayToTell();

    public List<MessageToSend> Sent { get; } = [];

    public List<MessageToSend> Sought { get; } = [];

    public override string Channel => ChannelNames.Sms;

    public override IChannelAccount Open(AccountParts parts) => new Account(this);

    private sealed class Account(ScriptedSettings script) : ISendingAccount
    {
        public string Name => script.Name;

        public string Channel => script.Channel;

        public ChannelRules Rules => script.Rules;

        public Task<SendOutcome> SendAsync(MessageToSend message, CancellationToken cancellation)
        {
            script.Sent.Add(message);
            return Task.FromResult(script.Outcomes.Dequeue()());
        }

        public Task<SendTrace> FindAsync(MessageToSend message, CancellationToken cancellation)
        {
            script.Sought.Add(message);
            return Task.FromResult(script.Trace);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
