// The members of Update Agent's interfaces (wuapi.h) that the collector has no use for: each answers "not implemented".
#pragma once

#include "tests/lab/windows/object.h"
// after windows.h
#include <wuapi.h>

namespace kenshin::lab {

#define UNUSED(name, ...) \
  HRESULT STDMETHODCALLTYPE name(__VA_ARGS__) override { return E_NOTIMPL; }

struct BareUpdateSession : Object<IUpdateSession> {
  UNUSED(get_ClientApplicationID, BSTR*)
  UNUSED(put_ClientApplicationID, BSTR)
  UNUSED(get_ReadOnly, VARIANT_BOOL*)
  UNUSED(get_WebProxy, IWebProxy**)
  UNUSED(put_WebProxy, IWebProxy*)
  UNUSED(CreateUpdateDownloader, IUpdateDownloader**)
  UNUSED(CreateUpdateInstaller, IUpdateInstaller**)
};

struct BareUpdateSearcher : Object<IUpdateSearcher> {
  UNUSED(get_CanAutomaticallyUpgradeService, VARIANT_BOOL*)
  UNUSED(put_CanAutomaticallyUpgradeService, VARIANT_BOOL)
  UNUSED(get_ClientApplicationID, BSTR*)
  UNUSED(put_ClientApplicationID, BSTR)
  UNUSED(get_IncludePotentiallySupersededUpdates, VARIANT_BOOL*)
  UNUSED(put_IncludePotentiallySupersededUpdates, VARIANT_BOOL)
  UNUSED(get_ServerSelection, ServerSelection*)
  UNUSED(put_ServerSelection, ServerSelection)
  UNUSED(BeginSearch, BSTR, IUnknown*, VARIANT, ISearchJob**)
  UNUSED(EndSearch, ISearchJob*, ISearchResult**)
  UNUSED(EscapeString, BSTR, BSTR*)
  UNUSED(get_ServiceID, BSTR*)
  UNUSED(put_ServiceID, BSTR)
};

struct BareSearchResult : Object<ISearchResult> {
  UNUSED(get_RootCategories, ICategoryCollection**)
  UNUSED(get_Warnings, IUpdateExceptionCollection**)
};

struct BareUpdateCollection : Object<IUpdateCollection> {
  UNUSED(put_Item, LONG, IUpdate*)
  UNUSED(get__NewEnum, IUnknown**)
  UNUSED(get_ReadOnly, VARIANT_BOOL*)
  UNUSED(Add, IUpdate*, LONG*)
  UNUSED(Clear)
  UNUSED(Copy, IUpdateCollection**)
  UNUSED(Insert, LONG, IUpdate*)
  UNUSED(RemoveAt, LONG)
};

struct BareUpdate : Object<IUpdate> {
  UNUSED(get_AutoSelectOnWebSites, VARIANT_BOOL*)
  UNUSED(get_BundledUpdates, IUpdateCollection**)
  UNUSED(get_CanRequireSource, VARIANT_BOOL*)
  UNUSED(get_Deadline, VARIANT*)
  UNUSED(get_DeltaCompressedContentAvailable, VARIANT_BOOL*)
  UNUSED(get_DeltaCompressedContentPreferred, VARIANT_BOOL*)
  UNUSED(get_Description, BSTR*)
  UNUSED(get_EulaAccepted, VARIANT_BOOL*)
  UNUSED(get_EulaText, BSTR*)
  UNUSED(get_HandlerID, BSTR*)
  UNUSED(get_Identity, IUpdateIdentity**)
  UNUSED(get_Image, IImageInformation**)
  UNUSED(get_InstallationBehavior, IInstallationBehavior**)
  UNUSED(get_IsBeta, VARIANT_BOOL*)
  UNUSED(get_IsDownloaded, VARIANT_BOOL*)
  UNUSED(put_IsHidden, VARIANT_BOOL)
  UNUSED(get_IsInstalled, VARIANT_BOOL*)
  UNUSED(get_IsMandatory, VARIANT_BOOL*)
  UNUSED(get_IsUninstallable, VARIANT_BOOL*)
  UNUSED(get_Languages, IStringCollection**)
  UNUSED(get_LastDeploymentChangeTime, DATE*)
  UNUSED(get_MaxDownloadSize, DECIMAL*)
  UNUSED(get_MinDownloadSize, DECIMAL*)
  UNUSED(get_MoreInfoUrls, IStringCollection**)
  UNUSED(get_RecommendedCpuSpeed, LONG*)
  UNUSED(get_RecommendedHardDiskSpace, LONG*)
  UNUSED(get_RecommendedMemory, LONG*)
  UNUSED(get_ReleaseNotes, BSTR*)
  UNUSED(get_SecurityBulletinIDs, IStringCollection**)
  UNUSED(get_SupersededUpdateIDs, IStringCollection**)
  UNUSED(get_SupportUrl, BSTR*)
  UNUSED(get_Type, UpdateType*)
  UNUSED(get_UninstallationNotes, BSTR*)
  UNUSED(get_UninstallationBehavior, IInstallationBehavior**)
  UNUSED(get_UninstallationSteps, IStringCollection**)
  UNUSED(get_KBArticleIDs, IStringCollection**)
  UNUSED(AcceptEula)
  UNUSED(get_DeploymentAction, DeploymentAction*)
  UNUSED(CopyFromCache, BSTR, VARIANT_BOOL)
  UNUSED(get_DownloadPriority, DownloadPriority*)
  UNUSED(get_DownloadContents, IUpdateDownloadContentCollection**)
};

struct BareCategoryCollection : Object<ICategoryCollection> {
  UNUSED(get__NewEnum, IUnknown**)
};

struct BareCategory : Object<ICategory> {
  UNUSED(get_Name, BSTR*)
  UNUSED(get_Children, ICategoryCollection**)
  UNUSED(get_Description, BSTR*)
  UNUSED(get_Image, IImageInformation**)
  UNUSED(get_Order, LONG*)
  UNUSED(get_Parent, ICategory**)
  UNUSED(get_Type, BSTR*)
  UNUSED(get_Updates, IUpdateCollection**)
};

struct BareUpdateHistoryEntryCollection : Object<IUpdateHistoryEntryCollection> {
  UNUSED(get__NewEnum, IUnknown**)
};

struct BareUpdateHistoryEntry : Object<IUpdateHistoryEntry> {
  UNUSED(get_HResult, LONG*)
  UNUSED(get_UpdateIdentity, IUpdateIdentity**)
  UNUSED(get_Description, BSTR*)
  UNUSED(get_UnmappedResultCode, LONG*)
  UNUSED(get_ClientApplicationID, BSTR*)
  UNUSED(get_ServerSelection, ServerSelection*)
  UNUSED(get_ServiceID, BSTR*)
  UNUSED(get_UninstallationSteps, IStringCollection**)
  UNUSED(get_UninstallationNotes, BSTR*)
  UNUSED(get_SupportUrl, BSTR*)
};

#undef UNUSED

}  // namespace kenshin::lab
