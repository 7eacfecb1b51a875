using System.Collections.Concurrent;
using CustomerService.Assistants.Budgets;
using CustomerService.Assistants.Prompts;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Models;

/// <summary>Finds the chat model behind a pipeline's model role. One guarded client for each role, made when first asked for and again when the settings change.</summary>
public sealed class ModelRoles : IDisposable
{
    private readonly Func<ChatModelSettings> _settings;
    private readonly PromptLibrary _prompts;
    private readonly DayBudget _day;
    private readonly ModelInstruments _instruments;
    private readonly IChatProtocol[] _protocols;
    private readonly TimeProvider _time;
    private readonly SocketsHttpHandler _transport = ChatClients.Transport();
    private readonly ConcurrentDictionary<ModelRole, Opened> _roles = new();

    /// <param name="settings">Those in force now.</param>
    /// <param name="protocols">Those besides the program's own.</param>
    public ModelRoles(
        Func<ChatModelSettings> settings, PromptLibrary prompts, DayBudget day, ModelInstruments instruments, IEnumerable<IChatProtocol> protocols, TimeProvider time) =>
        (_settings, _prompts, _day, _instruments, _protocols, _time) = (settings, prompts, day, instruments, [.. protocols], time);

    /// <summary>With settings that stay, the program's own prompts, and a day of its own.</summary>
    public ModelRoles(ChatModelSettings settings, TimeProvider time)
        : this(() => settings, new PromptLibrary(), new DayBudget(null, () => settings.DayBudget, time), new ModelInstruments(), [], time)
    {
    }

    /// <summary>Whether any provider is set up.</summary>
    public bool HasAny => _settings().Providers.Values.Any(provider => provider.Lacks is null);

    /// <summary>Whether a role's provider can be asked at all.</summary>
    public bool Has(ModelRole? role) => role is not null && _settings().Providers.TryGetValue(role.Provider, out var provider) && provider.Lacks is null;

    /// <summary>The chat of a call's role, or null with the reason; null without one where the task names no model.</summary>
    internal RunChat? Find(ActionCall call, out string? whyNot)
    {
        whyNot = null;
        if (call.Model is not { } role)
            return null;
        var settings = _settings();
        if (!settings.Providers.TryGetValue(role.Provider, out var provider))
            whyNot = role.Provider is ChatProtocols.OpenAI or ChatProtocols.Anthropic ? "no key" : $"no provider '{role.Provider}' is set up";
        else
            whyNot = provider.Lacks;
        return whyNot is null ? new RunChat(Open(role, provider!, settings), call, _prompts, _day, _instruments) : null;
    }

    public void Dispose()
    {
        foreach (var role in _roles.Values)
            role.Close();
        _transport.Dispose();
    }

    private GuardedChat Open(ModelRole role, ChatProvider provider, ChatModelSettings settings)
    {
        var opened = _roles.AddOrUpdate(
            role,
            _ => new Opened(settings, () => New(role, provider, settings)),
            // Edited settings begin with a fresh guard; who asks over the old one still gets their answer.
            (_, known) => ReferenceEquals(known.Settings, settings) ? known : new Opened(settings, () => New(role, provider, settings)));
        return opened.Chat;
    }

    private GuardedChat New(ModelRole role, ChatProvider provider, ChatModelSettings settings)
    {
        var pause = new VendorPause(_transport, _time);
        return new GuardedChat(role, provider, ChatClients.Open(provider, role.Model, settings, ChatClients.Over(pause), _protocols), settings, pause, _time);
    }

    private sealed class Opened(ChatModelSettings settings, Func<GuardedChat> open)
    {
        private readonly Lazy<GuardedChat> _chat = new(open);

        public ChatModelSettings Settings => settings;

        public GuardedChat Chat => _chat.Value;

        public void Close()
        {
            if (_chat.IsValueCreated)
                _chat.Value.Dispose();
        }
    }
}
