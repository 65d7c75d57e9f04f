"""What stands on screens."""

from __future__ import annotations

TITLES = (
    "Save changes?", "Delete file", "Update available", "Warning", "Error", "Confirm", "Low battery", "Sign out",
    "Connection lost", "Permission needed", "Print", "New message", "Disk full", "Restart required",
    "Unsaved changes", "Location access", "Rate this app", "Terms of use", "Download complete", "Install update",
    "Reset password", "Empty trash", "Share", "Backup", "Import contacts", "Cookies",
)  # fmt: skip
MESSAGES = (
    "Do you want to save your changes?", "This file will be deleted.", "A new version is ready.",
    "Your battery is at 10%.", "The connection was lost.", "You cannot undo this.", "Please restart your computer.",
    "The disk is almost full.", "Your session has expired.", "Allow this app to use your location?",
    "The password is wrong.", "The file could not be opened.", "Your download is complete.", "We use cookies.",
    "Are you sure?", "Try again later.", "3 files were copied.", "No internet connection.",
    "Your trial ends in 5 days.", "You have 2 new messages.", "The printer is offline.",
    "All items will be removed.", "Your account was created.", "Enter a valid email.",
    "This may take a few minutes.", "Choose how to continue.", "Your changes were saved.", "The upload failed.",
)  # fmt: skip
BUTTONS = (
    "OK", "Cancel", "Save", "Delete", "Yes", "No", "Close", "Apply", "Retry", "Next", "Back", "Continue", "Submit",
    "Send", "Allow", "Deny", "Later", "Update", "Install", "Restart", "Accept", "Decline", "Sign in", "Log in",
    "Sign up", "Share", "Edit", "Done", "Skip", "Help", "Buy now", "Add to cart", "Learn more", "Download", "Open",
    "Discard", "Print", "Search", "Confirm", "Remove",
)  # fmt: skip
OPTIONS = (
    "Dark mode", "Notifications", "Wi-Fi", "Bluetooth", "Remember me", "Do not ask again", "I accept the terms",
    "Send newsletter", "Auto update", "Location", "Sync contacts", "Show hidden files", "Sound", "Vibrate",
    "Airplane mode", "Use mobile data", "Keep me signed in", "Enable backups", "Spell check", "Private browsing",
    "Start at login", "Show line numbers", "Share usage data", "Large text", "Auto save", "Email alerts",
    "Night light", "High contrast", "Two-step login", "Save passwords", "Block ads", "Battery saver", "Subtitles",
    "Autoplay", "Show seconds", "Round corners", "Animations", "Hotspot", "VPN", "Read receipts",
)  # fmt: skip
FIELDS = (
    "Email", "Name", "Phone", "City", "Website", "Company", "Username", "Street", "Country", "Nickname", "Code",
    "Subject",
)  # fmt: skip
MENUS = (
    "New file", "Open...", "Save as...", "Print...", "Undo", "Redo", "Cut", "Copy", "Paste", "Select all", "Find",
    "Replace", "Zoom in", "Zoom out", "Full screen", "Settings", "Help", "About", "Exit", "Rename", "Move to trash",
    "Properties", "Share", "Export", "Import", "Duplicate", "Close window", "Refresh", "History", "Bookmarks",
    "Downloads", "Extensions",
)  # fmt: skip
ITEMS = (
    "Inbox", "Drafts", "Sent", "Spam", "Trash", "Archive", "Photos", "Music", "Videos", "Documents", "Calendar",
    "Contacts", "Maps", "Weather", "Notes", "Clock", "Camera", "Messages", "Wallet", "Health", "News", "Books",
    "Groceries", "Call Mom", "Pay rent", "Team meeting", "Dentist at 3", "Buy milk", "Water plants", "Gym",
    "Read chapter 4", "Fix bike", "Send report", "Book flight", "Lunch with Sam",
)  # fmt: skip
APPS = (
    "Mail", "Files", "Notes", "Tasks", "Messages", "Music Player", "Photo Gallery", "Calendar", "My Shop",
    "Daily News", "Recipe Box", "Bank", "Weather", "Editor", "Browser", "Chat", "To-do list", "Travel", "Fitness",
    "Library", "Home", "Dashboard", "Contacts", "Maps",
)  # fmt: skip
PAGES = (
    "Welcome back", "Our products", "About us", "Latest news", "Get started", "Special offer", "Contact", "Our team",
    "How it works", "Plans and prices", "Frequently asked questions", "Your cart", "Blog", "Summer sale",
    "Learn to cook", "Find a hotel", "Open positions", "Free shipping",
)  # fmt: skip
