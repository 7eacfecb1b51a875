namespace CustomerService.Channels.Settings;

/// <summary>The chat's settings as they are in force now.</summary>
public interface IChatSettings
{
    ChatSettings Chat { get; }
}
