using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;

namespace CustomerService.Bench.Running;

/// <summary>How a message was dealt with.</summary>
internal enum Outcome
{
    Answered,
    HandedOver,

    /// <summary>It came while a person had the conversation, or waited when one took it: no run, it is theirs to answer.</summary>
    WithPerson,
    Failed,
}

/// <summary>Follows one conversation's journal and says of each message when it is dealt with.</summary>
internal sealed class ConversationLedger
{
    private readonly List<string> _waiting = [];

    public bool IsWithPerson { get; private set; }

    /// <summary>Takes the next event; tells each message that is now dealt with.</summary>
    public void Apply(JournalEvent happened, Action<string, Outcome> dealtWith)
    {
        switch (happened)
        {
            case MessageReceived received when IsWithPerson:
                dealtWith(received.Interaction.Id, Outcome.WithPerson);
                break;
            case MessageReceived received:
                _waiting.Add(received.Interaction.Id);
                break;
            case RunCompleted run:
                _waiting.Remove(run.MessageId);
                dealtWith(run.MessageId, run.ResolutionType switch
                {
                    ResolutionTypes.Automated => Outcome.Answered,
                    ResolutionTypes.Human => Outcome.HandedOver,
                    _ => Outcome.Failed,
                });
                break;
            case RunFailed run:
                _waiting.Remove(run.MessageId);
                dealtWith(run.MessageId, Outcome.Failed);
                break;
            case HandedOff:
                IsWithPerson = true;
                foreach (var message in _waiting)
                    dealtWith(message, Outcome.WithPerson);
                _waiting.Clear();
                break;
        }
    }
}
